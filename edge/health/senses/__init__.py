"""What each kind remembers of its samples: one file a kind, plain numbers that can be written down and read back."""
