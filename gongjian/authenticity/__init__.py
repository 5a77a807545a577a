"""Whether a paper says what happened: other bodies are asked about a visit or a diagnosis (协查). Nothing is decided here. Owns the words inquiry, source, finding."""
