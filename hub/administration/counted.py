"""How many stations hang at each union and below it, each counted once. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Totals:
    """Of all stations that are in use."""

    stations: int
    both: int
    """In both trees, and counted once above."""
    nowhere: int
    """In neither."""


def below(paths: Mapping[int, str], hung: Iterable[int | None]) -> dict[int, int]:
    """Stations by union, those of all below it included. `hung`: where in one tree each station hangs.

    `paths`: the way from the root to each union, `1/5/9/`.
    """
    direct = Counter(union for union in hung if union is not None)
    found = dict.fromkeys(paths, 0)
    for union, count in direct.items():
        for above in paths[union].rstrip("/").split("/"):
            found[int(above)] += count
    return found


def totals(hung: Iterable[tuple[int | None, int | None]]) -> Totals:
    """Of (territory, industry) of each station."""
    places = list(hung)
    both = sum(first is not None and second is not None for first, second in places)
    nowhere = sum(first is None and second is None for first, second in places)
    return Totals(len(places), both, nowhere)
