"""Numbers of some inspections, added up. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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

    def __add__(self, other: "Sums") -> "Sums":
        low = [one for one in (self.lowest_total, other.lowest_total) if one is not None]
        added = {name: self[name] + other[name] for name in NUMBERS}
        return Sums(self.inspections + other.inspections, min(low, default=None), added)

    @property
    def mean(self) -> float | None:
        """Of the totals. None: there is none."""
        return self["total"] / self.inspections if self.inspections else None
