"""The public pages, a file for each thing that can be looked up."""
