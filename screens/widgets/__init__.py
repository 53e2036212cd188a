"""Widgets the screens are put together from."""
