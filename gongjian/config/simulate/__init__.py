"""A city's year, played through the rooms' own actions with invented people."""
