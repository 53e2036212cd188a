"""Appointments pushed into a person's own Outlook calendar through Microsoft Graph."""
