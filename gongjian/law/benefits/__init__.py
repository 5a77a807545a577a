"""What the law pays after an injury, a death, an illness: facts in, a statement out that a worker can read.

Owns the words: benefit item 待遇项目, own wage 本人工资, average wage 统筹地区职工月平均工资, payer 支付方, one-off 一次性, monthly 按月,
termination subsidy 一次性工伤医疗补助金／一次性伤残就业补助金, dependant 供养亲属. Pure Python; an estimate, never a decision.

Rounding, stated once: every amount (the own wage and each item) is rounded to the cent, half up, when it has been worked out;
nothing else is rounded. One-off and monthly amounts are never added together.
"""
