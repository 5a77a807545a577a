"""Thin fronts: they parse, call one action or query, and answer."""
