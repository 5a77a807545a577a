"""Tests of the embedded database: with a real server each, in a home that is removed again."""
