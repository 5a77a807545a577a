"""The draw of medical experts into groups, and of people to groups at the door.

Words of this room: plan (who could sit, and which seats there are), commitment (a plan and the hash of a secret, fixed before
anyone gives a word), word (what a person present contributes), seed, chance, seat, reserve, receipt.
"""
