"""The schema, step by step. `python -m hub.migrations` writes the next step from the tables."""
