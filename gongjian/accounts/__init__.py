"""People who sign in, the offices they serve, and what each may do. Owns the words user, office, post, role, permission."""
