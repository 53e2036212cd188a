"""The national service catalogue: fetched, compared with the own network, taken in field by field."""
