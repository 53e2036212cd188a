"""Clients in files: reading them in with a dry run first, taking that back, and giving lists out."""
