"""A person agreed, or sent it back."""
