"""Two fax servers that really call each other; run by `./dev fax`."""
