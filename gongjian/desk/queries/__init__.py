"""What the pages show, gathered from the rooms below."""
