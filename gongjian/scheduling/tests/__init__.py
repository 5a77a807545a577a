"""Tests of planning at the scheduler's desk."""
