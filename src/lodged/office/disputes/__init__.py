"""Disputes: the sender's evidence held against ours."""
