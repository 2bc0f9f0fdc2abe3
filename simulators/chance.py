"""Seeded chance: the same parts give the same draws in every process."""

from collections.abc import Iterator
from itertools import cycle
from random import Random

Noise = Iterator[float]
"""Normal draws of mean 0 and deviation 1, without end."""

NOISES = 8191
"""A prime: whoever takes two or three draws a step meets other pairs and triples on each round."""


def chance(*parts: object) -> Random:
    """A generator of its own for a story's seed, a name and a day, for example."""
    return Random(":".join(str(part) for part in parts))  # noqa: S311 a simulation wants repeatable draws


_noises = chance("noise")
_TABLE = tuple(_noises.gauss(0, 1) for _ in range(NOISES))


def noise(rng: Random) -> Noise:
    """Sensor noise: one table of normal draws, round and round from a drawn place; a tenth of the cost of drawing."""
    start = rng.randrange(NOISES)
    return cycle(_TABLE[start:] + _TABLE[:start])
