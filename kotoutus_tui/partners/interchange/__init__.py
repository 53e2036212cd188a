"""The partner network in files: HSDS packages, contact cards and tables, written and read in."""
