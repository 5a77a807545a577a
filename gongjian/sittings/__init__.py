"""When and where people are examined: sittings, places in them, notices, check-in, the queue, and how a day ends. Owns the words sitting, slot, booking, ticket, call."""
