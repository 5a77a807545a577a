"""The people and bodies a case is about: persons, employers, mandates. Owns the words person, employer, mandate."""
