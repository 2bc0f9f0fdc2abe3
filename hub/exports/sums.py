"""Numbers of some inspections, added up. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

NUMBERS = (
    "total", "possible", "highest", "lowest_lines", "observable", "proposed", "seen", "up", "down", "blind",
    "blind_same",
)  # fmt: skip
"""What adds up; each a column of `InspectionSum`."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Of no, one or many inspections."""

    inspections: int = 0
    lowest_total: int | None = None
    """Of a single form. None: there is none."""
    numbers: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> int:
        return self.numbers.get(name, 0)

    @property
    def mean(self) -> float | None:
        """Of the totals. None: there is none."""
        return self["total"] / self.inspections if self.inspections else None


def added(some: Iterable[Sums]) -> Sums:
    """All of them together."""
    count, low, numbers = 0, None, dict[str, int]()
    for one in some:
        count += one.inspections
        if one.lowest_total is not None and (low is None or one.lowest_total < low):
            low = one.lowest_total
        for name, value in one.numbers.items():
            numbers[name] = numbers.get(name, 0) + value
    return Sums(count, low, numbers)


OF_STATIONS = ("total", "lowest_lines", "observable", "proposed")
"""What is said of single stations and of unions."""


class Place(NamedTuple):
    """A station in numbers, and where it hangs in the two trees."""

    station: str
    territory: int | None
    industry: int | None
    inspections: int
    lowest_total: int
    total: int
    lowest_lines: int
    observable: int
    proposed: int

    @property
    def sums(self) -> Sums:
        """As of anything else."""
        return Sums(self.inspections, self.lowest_total, dict(zip(OF_STATIONS, self[5:], strict=True)))


def hung(places: Iterable[Place], tree: int) -> dict[int, Sums]:
    """By the union of one tree: the place's field of this number. Stations that hang in none are left out."""
    found: dict[int, list[int]] = {}
    for place in places:
        union: Any = place[tree]
        if union is None:
            continue
        row = found.get(union)
        if row is None:
            found[union] = list(place[3:])
            continue
        row[0] += place[3]
        row[1] = min(row[1], place[4])
        row[2] += place[5]
        row[3] += place[6]
        row[4] += place[7]
        row[5] += place[8]
    return {union: Sums(row[0], row[1], dict(zip(OF_STATIONS, row[2:], strict=True))) for union, row in found.items()}


TERRITORY, INDUSTRY = Place._fields.index("territory"), Place._fields.index("industry")
