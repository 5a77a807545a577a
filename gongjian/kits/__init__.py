"""Work without a network: what an expert takes along for hours, and what it brings back. Owns the words kit, taking out, event, bringing, conflict."""
