"""What rules ask people, and what people answered."""
