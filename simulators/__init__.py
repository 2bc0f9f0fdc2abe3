"""Simulated rest stations: physics, devices on serial lines, scenarios and recordings.

Knows `shared` and nothing of the agent: the codec here is written from the manuals a second time, so that a mistake
in one of the two shows.
"""
