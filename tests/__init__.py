"""Tests, named after what they test; helpers are imported as tests.conftest, tests.factories and so on."""
