"""The lot itself: pure functions of plain values, so that anyone can repeat a draw from its receipt.

plan → commitment → words → drawing → receipt → verify, and `door` for the second draw. Nothing here reads a clock, a
database or a random source: secrets, salts and words are handed in. The rules of this folder together are the algorithm
named in `canonical.ALGORITHM`; whoever changes what comes out for a given seed must give it a new name.
"""
