"""What is asked, of whom, and when it is due."""
