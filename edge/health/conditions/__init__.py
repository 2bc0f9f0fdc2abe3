"""What the rules of a kind ask of its sense: one module a kind, where a table alone fills `edge/health/rules`."""
