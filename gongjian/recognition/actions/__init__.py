"""All writing of recognitions, a file for each thought."""
