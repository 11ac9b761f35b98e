"""What an agency that sends papers can do and see: submit, follow the stages of its receipt, withdraw."""
