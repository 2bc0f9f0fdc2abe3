"""What people say of a station: scores, faults, answers."""
