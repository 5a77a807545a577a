"""How often one address may ask for what costs us something. Asking for a paper that exists costs nobody anything and is not counted.

A window of people behind one address stays far below these counts.
"""

from gongjian.kernel.allowance.actions import Allowance

UNKNOWN_CODES = Allowance("unknown-codes", most=100, seconds=600)
FILES = Allowance("files", most=60, seconds=600)
