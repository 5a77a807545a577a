"""Signed letters between installations: another city is asked to investigate, or this one is asked. Owns the words peer, matter, letter, enclosure, piece."""
