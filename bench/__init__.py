"""Measurements: one command for each claim the project makes about speed or size."""
