"""Writing: peers are trusted, matters are asked and answered, letters and their files are taken in."""
