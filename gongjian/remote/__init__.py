"""An examination at a distance: waiting, identity on camera, measured quality, the sitting, falling back. Owns the words remote room, seat, signal, measure."""
