"""What a rule says to people, with its figures: one file a kind, Chinese and English."""
