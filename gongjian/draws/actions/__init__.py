"""All writing of draws: commit, words, hold, door, late conflicts."""
