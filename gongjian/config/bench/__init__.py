"""`gongjian bench`: how fast the platform is, measured and written to docs/benchmarks.md. Never part of the tests."""
