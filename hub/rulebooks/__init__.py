"""Editions of regional rule sets, one module each. Added, never edited."""
