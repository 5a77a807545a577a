"""Writing: changes are entered in advance and taken back before they begin; what they bring about is carried out on their day."""
