"""What every room relies on: ledger, outbox, evidence store, encrypted fields, refusals, the page frame. Owns the words entry, chain, anchor, message, evidence."""
