"""Template filters of the draw."""
