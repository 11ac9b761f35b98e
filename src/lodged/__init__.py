"""A docket of legal process for the people who hold others in custody."""

__version__ = "0.1.0"
