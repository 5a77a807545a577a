"""From the group's opinion to the signed conclusion. Owns the words review, conclusion, signing, signing batch."""
