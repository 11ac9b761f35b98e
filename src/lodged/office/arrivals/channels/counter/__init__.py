"""Somebody brings a paper to the counter, and a clerk scans it."""
