"""What anyone may see without signing in: the check of a paper, notices of service, draws, guides. Owns no tables."""
