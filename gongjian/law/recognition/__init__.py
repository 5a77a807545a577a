"""What the law asks before an injury is recognised as a work injury: heads, questions, proof, time, place, liable unit.

Owns the words: head 认定情形, exclusion 不得认定的情形, proof 证明材料, ground not counted 不计入申请期限的情形, liable unit 承担责任的单位.
Pure Python. It says which heads may apply and what is still unknown; it never decides.
"""
