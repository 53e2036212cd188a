"""Reports of the team's work: counts of a month, a quarter or a year, in which nobody can be found."""
