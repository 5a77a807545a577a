"""What follows from a conclusion in money: an estimate of the benefits, asked for fact by fact, never stored and never a decision.

Owns the words: benefit estimate 待遇估算, filled-in sheet 所填的事实. What the law pays is computed by `law.benefits`; the agency decides.
"""
