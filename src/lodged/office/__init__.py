"""The office: the records a custodian keeps, one station for each step of a paper's way."""
