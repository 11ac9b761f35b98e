"""What the pages can say in one tag."""
