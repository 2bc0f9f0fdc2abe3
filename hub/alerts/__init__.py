"""What a maintainer must act on."""
