"""The views, a file for each thing a person comes for."""
