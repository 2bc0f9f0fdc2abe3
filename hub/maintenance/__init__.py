"""Times in which a facility, or a whole station, is worked on."""
