"""A fax server hands over the file it received."""
