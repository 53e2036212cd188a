"""The tables of commands: one file for each part of the program, put together in screens/keys.py."""
