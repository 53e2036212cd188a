"""A Microsoft Graph for the demo and the tests: a real HTTP server with mailboxes and their sign-in."""
