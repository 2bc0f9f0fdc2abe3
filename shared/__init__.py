"""What the four programs have in common: words, catalogue, records, topics, outbox, board."""
