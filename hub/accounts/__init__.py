"""Who may sign in: users, their sessions, lock-out."""
