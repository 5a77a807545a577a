"""The ledger: each act appends one entry to its chain; a daily anchor binds all chains in one Merkle root."""
