"""What an operator types: one module a word."""
