"""What a worker does with a phone at the station, without an account: check in, say how it was."""
