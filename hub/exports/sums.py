"""Numbers of some inspections, added up. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

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


class Hung(NamedTuple):
    """Stations that hang in the same union of either tree, in numbers."""

    territory: int | None
    industry: int | None
    stations: int
    sums: Sums


def hung(some: Iterable[Hung], tree: Callable[[Hung], int | None]) -> dict[int, Sums]:
    """By the union of one tree; what hangs in none is left out."""
    found: dict[int, list[Sums]] = {}
    for one in some:
        union = tree(one)
        if union is not None:
            found.setdefault(union, []).append(one.sums)
    return {union: added(sums) for union, sums in found.items()}
