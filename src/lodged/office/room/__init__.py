"""The reading room: what anybody may see and check."""
