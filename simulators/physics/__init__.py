"""One file a kind of facility, each with the constant PHYSICS: what its sensors feel, with time as an argument."""
