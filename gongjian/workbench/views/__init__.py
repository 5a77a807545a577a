"""The pages of the workbench, a file for each place where an expert stands."""
