"""Serving papers on the parties, with proof. Owns the words delivery, attempt, method, proof, post batch, public notice, copy, consent."""
