"""The law as data and pure functions: dated parameters, limits, the calendar, the clock, and codes of people and bodies.

Owns the words: parameter, limit, deadline, postponement, extension, working day, rest day, provisional. Knows no framework.
"""
