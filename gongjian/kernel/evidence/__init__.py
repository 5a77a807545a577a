"""The evidence store: a file is kept under its SHA-256, encrypted, read back before it is acknowledged, never overwritten."""
