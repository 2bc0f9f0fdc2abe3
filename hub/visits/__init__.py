"""Who came and how satisfied they were: counted honestly, raw and filtered."""
