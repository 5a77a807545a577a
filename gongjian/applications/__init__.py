"""What every application has alike, whatever it asks for: who applies for whom, where papers reach them, and which table keeps it. Owns the words application, capacity, side that applied."""
