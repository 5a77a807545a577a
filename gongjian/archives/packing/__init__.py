"""Making the package of a case: what goes in, in which order, and how it flows into the store without lying anywhere in the clear."""
