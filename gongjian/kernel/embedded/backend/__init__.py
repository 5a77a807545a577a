"""Django's PostgreSQL backend on the embedded server, which is started by the first connection and not by reading settings."""
