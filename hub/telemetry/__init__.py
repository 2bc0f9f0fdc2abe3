"""What stations measured and when they were heard."""
