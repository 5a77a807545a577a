"""The outbox: a message is a row written with the act; a sweep sends it, retries with back-off, and shows what could not be sent."""
