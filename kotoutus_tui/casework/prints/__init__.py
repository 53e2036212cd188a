"""Papers for the client: headings in Finnish beside the client's language, as a page and as plain text."""
