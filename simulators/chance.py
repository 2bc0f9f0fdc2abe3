"""Seeded chance: the same parts give the same draws in every process."""

from random import Random


def chance(*parts: object) -> Random:
    """A generator of its own for a story's seed, a name and a day, for example."""
    return Random(":".join(str(part) for part in parts))  # noqa: S311 a simulation wants repeatable draws
