"""The map of stations."""
