"""A record's place in the log, and the receipt for it."""
