"""Grading standards as data, and what follows from them without judgement.

Owns the words: clause 条款, grading principle 定级原则, grade 伤残等级, promotion 晋级, self-care 生活自理障碍, injured part 受伤部位,
contradiction 矛盾提示. Pure Python. Nothing here sets or changes a grade: it looks up, counts, explains and warns.
"""
