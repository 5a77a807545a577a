"""How often one network address may ask for what costs us something. Owns the words allowance, spend."""
