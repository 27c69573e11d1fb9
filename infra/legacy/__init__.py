"""Brings the catalogue of the system before this one over, as often as it changes."""
