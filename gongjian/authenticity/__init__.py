"""Whether a paper says what happened: other bodies are asked about a visit or a diagnosis (协查), files are looked at for how they were made, pictures for where else they stand.

Nothing is decided here. Owns the words inquiry, source, finding, oddity, print, likeness, comparison.
"""
