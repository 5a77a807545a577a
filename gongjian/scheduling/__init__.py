"""排期: a proposal which waiting case goes to which sitting, edited by a person, accepted into bookings. Owns the words proposal, placement."""
