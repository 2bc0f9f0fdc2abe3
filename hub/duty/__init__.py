"""Who is on duty when, and who comes next."""
