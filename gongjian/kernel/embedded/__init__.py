"""The PostgreSQL that comes with the program: our own launcher over ready-made binaries, for an installation on one machine.

Words it owns: *programs* (the binaries), *cluster* (the data they work on), *keeper* (the process that starts the server,
starts it again when it falls, and stops it when the last *user*, a process of ours, has gone), *owner* (the unprivileged
account that the server runs under when we are root).
"""
