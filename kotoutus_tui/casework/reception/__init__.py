"""Reception: households that arrive, what is to be done for them by whom, and what the State compensates."""
