"""What a paper says, and how sure we are."""
