"""Referrals: guiding a client to a service, what is told of the client by that, and what comes of it."""
