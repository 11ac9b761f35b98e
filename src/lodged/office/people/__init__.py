"""Who is or was in custody, and whether a paper is about them."""
