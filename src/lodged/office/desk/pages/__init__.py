"""The pages that span stations: the desk itself, the paper, the matter, a search, the health of the office."""
