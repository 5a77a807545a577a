"""The law as data and pure functions: dated parameters, limits, the calendar, the clock, histories of events, and codes.

Owns the words: parameter, limit, deadline, postponement, extension, restart, ground, event, standing, mark, working day, rest day,
provisional. Knows no framework.
"""
