"""The pages of the room: those of the office, and the one that runs on the device without a network."""
