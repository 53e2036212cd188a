"""An invented team with invented clients, for trying the program and for measuring it."""
