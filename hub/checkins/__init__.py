"""Who came in, without names."""
