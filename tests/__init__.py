"""Journeys through several rooms, and tests of the house itself."""
