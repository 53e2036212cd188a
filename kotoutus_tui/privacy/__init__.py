"""Who may see what, and the traces of use."""
