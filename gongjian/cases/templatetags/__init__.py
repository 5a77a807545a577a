"""Tags of cases."""
