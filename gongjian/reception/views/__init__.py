"""Thin fronts, a file for each kind of page."""
