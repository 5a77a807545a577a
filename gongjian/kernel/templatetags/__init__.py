"""Template tags of the page frame: `{% load frame %}`."""
