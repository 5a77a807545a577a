"""The examination on record in sound and picture: consent, pieces in a chain, play-back for a reason, an end. Owns the words recording, piece, mark, play-back, hold."""
