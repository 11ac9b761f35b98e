"""What the law says of a paper, and why."""
