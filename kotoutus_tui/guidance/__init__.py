"""Guidance to city units, partners, companies and residents: log, companies, answers, statistics."""
