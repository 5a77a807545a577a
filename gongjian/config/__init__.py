"""The top of the house: settings from the environment, addresses, the WSGI entry and the command line. Owns no words of the field."""
