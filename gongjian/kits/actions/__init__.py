"""All writing of the room: taking a kit out, bringing its events back, merging them, settling what did not fit, ending it."""
