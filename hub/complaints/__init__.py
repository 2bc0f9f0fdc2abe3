"""Complaints and questions into the process of 12351: received, sorted, assigned, answered, closed."""
