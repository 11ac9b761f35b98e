"""The law itself, as literate packs: prose beside rules beside worked cases; data, no code."""
