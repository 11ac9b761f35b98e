"""The counts, each opening to its entries."""
