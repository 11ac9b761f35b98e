"""What we sent back, and how it went."""
