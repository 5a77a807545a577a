"""Tests of the house itself: its size, its order, its words."""
