"""The inspection form without a network: what it loads, and how it is brought back exactly once."""
