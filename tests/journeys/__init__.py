"""Journeys through several rooms, in a real browser, as the persons of the cast make them."""
