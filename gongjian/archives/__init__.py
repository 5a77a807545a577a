"""The case file for good: what must be in it, one package that can be checked offline, who borrows it. Owns the words archive, package, manifest, borrowing, retention."""
