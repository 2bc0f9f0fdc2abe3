"""What anybody may see of a station without signing in."""
