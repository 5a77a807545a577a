"""Grading standards as data, and what follows from them without judgement.

Owns the words: finding 鉴定所见, clause 条款, candidate 候选条款, grading principle 定级原则, grade 伤残等级, promotion 晋级,
self-care 生活自理障碍, injured part 受伤部位, contradiction 矛盾提示, stop-work period 停工留薪期, loss of labour capacity 丧失劳动能力程度.
Pure Python. Nothing here sets or changes the grade of a case: it looks up, measures, counts, explains and warns, and says where the group decides.
"""
