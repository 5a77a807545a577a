"""Papers that go out: kinds, forms, rendering, numbers, signatures, and the public check. Owns the words paper, kind, imprint, check code, release."""
