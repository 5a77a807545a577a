"""Tests of settings, of the command line and of starting and stopping."""
