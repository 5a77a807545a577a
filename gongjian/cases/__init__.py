"""The case: its number, state, clock, obligations, duties and parties. Owns the words case, move, obligation, limit, duty, passage."""
