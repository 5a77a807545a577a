"""How templates show places in a film."""
