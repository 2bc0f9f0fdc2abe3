"""What is wrong with a station, in words: from what its agent leaves, and from ports, clock, disk and hub."""
