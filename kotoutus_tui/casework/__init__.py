"""What the team does for a client: caseload, search, timeline."""
