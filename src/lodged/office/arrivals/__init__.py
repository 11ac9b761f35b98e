"""The paper comes: its bytes, its channel, its hour."""
