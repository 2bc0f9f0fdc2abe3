"""What is wrong with a hub's deployment, in words: its folder, its ports, its broker, its database, its stations."""
