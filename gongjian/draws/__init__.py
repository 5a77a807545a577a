"""Lots: experts to groups, people to groups, and every conflict of interest. Owns the words draw, commitment, word, group, seat, reserve, door, recusal."""
