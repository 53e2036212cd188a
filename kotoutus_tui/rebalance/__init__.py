"""Who looks after whom: clients divided fairly over counsellors with as few moves as possible."""
