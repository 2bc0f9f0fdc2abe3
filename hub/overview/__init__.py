"""Stations as people look at them: what every other concept knows of one place, on one page."""
