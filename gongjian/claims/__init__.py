"""Benefit claims 工伤待遇申领: from a decision that has taken effect to the agency's answer.

Owns the words: benefit claim 待遇申领, claim file 申领卷, answer 核定答复. What the law pays is computed by `law.benefits`; the agency decides.
"""
