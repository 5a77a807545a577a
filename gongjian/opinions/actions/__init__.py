"""All writing of opinions, a file for each thought."""
