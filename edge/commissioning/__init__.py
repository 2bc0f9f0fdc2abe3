"""One device at a time: found on its line, known by its answer, given an address, written into `station.toml`."""
