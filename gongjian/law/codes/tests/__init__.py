"""Tests of the law: tables on both sides of every threshold, and second ways to compute the same."""
