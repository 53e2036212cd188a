"""How the database goes from one version of the tables to another."""
