"""The release desk: what the papers here mean for one person at this moment, asked, answered and sealed."""
