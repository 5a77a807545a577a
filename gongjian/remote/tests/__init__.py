"""Tests of sittings at a distance."""
