"""The pages of those who work on cases: one worklist by legal risk, one case page, the check of papers. Owns no words of its own."""
