"""Reading deliveries: whose they are, what is to be done, what the public may know."""
