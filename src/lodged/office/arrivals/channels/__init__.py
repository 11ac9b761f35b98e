"""The ways a paper comes, one folder each; none knows another."""
