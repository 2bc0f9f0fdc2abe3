"""One file a kind of facility, each with the constant KIND."""
