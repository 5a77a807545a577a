"""Papers that applicants hand in: what is asked for and why, their pages in order, who may look. Owns the words material, page, checklist."""
