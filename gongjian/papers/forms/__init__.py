"""The fields of each paper: one frozen dataclass per paper, which cannot be made with a field left blank."""
