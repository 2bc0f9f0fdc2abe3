"""What many inspections say together. Pure: numbers in, a summary out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hub.exports.months import Span
from hub.exports.statistics import Rate
from hub.exports.sums import Sums, added
from hub.stations.tables import Station
from hub.unions.tables import Union


@dataclass(frozen=True, slots=True)
class Inspector:
    """How one decides beside the proposals, and whether that is far from the others."""

    name: str
    sums: Sums
    up: Rate
    down: Rate
    apart: bool
    """Surely otherwise than all others together; never said on fewer than five."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A union with all that lies below it."""

    union: Union
    depth: int
    sums: Sums


@dataclass(frozen=True, slots=True)
class Summary:
    """Of the inspections of a span of months."""

    span: Span
    all: Sums
    stations: int
    months: Sequence[tuple[int, Sums]]
    territory: Sequence[Branch]
    industry: Sequence[Branch]
    inspectors: Sequence[Inspector]
    lowest: Sequence[tuple[str, int]]
    """Lines by how often they got the lowest points."""
    reasons: Sequence[tuple[str, str, int]]
    """(up or down, reason, how often)."""
    places: Sequence[tuple[Station, Sums]]
    open_findings: int
    late_findings: int
    to_come: int
    """Inspections that are not in yet."""

    @property
    def most_in_a_month(self) -> int:
        """The tallest bar of the chart."""
        return max((sums.inspections for _, sums in self.months), default=0)


def inspectors(by_name: Mapping[str, Sums]) -> list[Inspector]:
    """By name: nobody is ranked. Each is held against all others together."""
    found, all_of = [], added(by_name.values())
    for name, sums in sorted(by_name.items()):
        seen = sums["seen"]
        ways = [(Rate(sums[way], seen), Rate(all_of[way] - sums[way], all_of["seen"] - seen)) for way in ("up", "down")]
        apart = any(mine.apart_from(others) for mine, others in ways)
        found.append(Inspector(name, sums, ways[0][0], ways[1][0], apart))
    return found


def branches(unions: Iterable[Union], leaves: Mapping[int, Sums]) -> list[Branch]:
    """One tree with the sums of each union and all below it; those without inspections are left out."""
    ordered = sorted(unions, key=lambda one: [int(part) for part in one.path.split("/") if part])
    within: dict[int, list[Sums]] = {}
    for one in ordered:
        for above in (int(part) for part in one.path.split("/") if part):
            if (leaf := leaves.get(one.id or 0)) is not None:
                within.setdefault(above, []).append(leaf)
    return [
        Branch(one, one.path.count("/") - 1, added(within[one.id])) for one in ordered if one.id in within and one.id
    ]


def lowest_lines(lines: Iterable[tuple[str, str, str, int]]) -> list[tuple[str, int]]:
    """Most often first."""
    return sorted(((key, n) for what, key, _, n in lines if what == "lowest"), key=lambda pair: -pair[1])


def override_reasons(lines: Iterable[tuple[str, str, str, int]]) -> list[tuple[str, str, int]]:
    """By direction, most often first."""
    added: dict[tuple[str, str], int] = {}
    for what, _, reason, n in lines:
        if what in ("up", "down"):
            added[what, reason] = added.get((what, reason), 0) + n
    return sorted(((what, why, n) for (what, why), n in added.items()), key=lambda one: (one[0], -one[2]))
