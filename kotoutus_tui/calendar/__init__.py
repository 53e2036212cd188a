"""Appointments handed over to Outlook as a file in which nobody is told of unless one asks for it."""
