"""The pool of medical experts: who is in it, on what terms, who may be drawn on a day, who can come. Owns the words expert, specialty, term, availability."""
