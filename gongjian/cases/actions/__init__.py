"""All writing of cases, a file for each thought."""
