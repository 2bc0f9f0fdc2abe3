"""One file a kind of facility that is judged, each with the constant RULES."""
