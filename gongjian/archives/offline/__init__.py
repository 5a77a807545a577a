"""What a package is and how anyone checks it: standard library and our own pure modules only, no settings, no database."""
