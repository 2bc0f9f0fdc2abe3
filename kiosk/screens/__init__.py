"""One module a screen, each with the constant ENTRY; the home screen shows those that have a tile."""
