"""How often one network address, or one person at a shared machine, may ask for what costs us something. Owns the words allowance, spend."""
