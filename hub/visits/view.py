"""The figures of a month as people read them. Pure; a chart and the table beside it are made of the same lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hub.exports.statistics import Rate
from hub.visits.lanes import Tally
from hub.visits.words import FACE_LABELS, METHOD_LABELS, OCCUPATION_LABELS, SATISFIED, TAG_LABELS
from shared.text import Text


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a station, or of many."""

    on: date
    heard: int
    """How many stations are known that day. 0: a gap, not a day without anybody."""
    number: int
    counted: int
    """Stations with footfall."""
    entered: int
    undirected: int
    """Passed, in neither direction that is known."""
    beside: int
    """Check-ins of the hours in which footfall was counted."""
    flagged: int
    satisfied: Rate


@dataclass(frozen=True, slots=True)
class Compared:
    """Check-ins to a hundred who came in, over the hours in which both were counted."""

    check_ins: int
    entered: int
    undirected: int

    @property
    def share(self) -> float | None:
        """None: nobody is known to have come in."""
        return 100 * self.check_ins / self.entered if self.entered else None

    @property
    def lowest(self) -> float | None:
        """As if everybody whose direction is not known had come in. None: nobody passed."""
        most = self.entered + self.undirected
        return 100 * self.check_ins / most if most else None


@dataclass(frozen=True, slots=True)
class Week:
    """From Monday on, as far as it lies in the month."""

    first: date
    last: date
    satisfied: Rate


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month of visits."""

    month: int
    tally: Tally
    days: Sequence[Day]
    """Up to today; the last is the newest."""

    @property
    def number(self) -> int:
        """Check-ins of the month."""
        return self.tally.total("day")

    @property
    def occupations(self) -> list[tuple[Text, int]]:
        return list(zip(OCCUPATION_LABELS.values(), self.tally["occupation"], strict=True))

    @property
    def methods(self) -> list[tuple[Text, int]]:
        return list(zip(METHOD_LABELS.values(), self.tally["method"], strict=True))

    @property
    def faces(self) -> list[tuple[int, Text, int]]:
        """Score, its name, how often; the best first."""
        given = self.tally["face"]
        return [(score, label, given[place]) for place, (score, label) in enumerate(FACE_LABELS.items())]

    @property
    def tags(self) -> list[tuple[Text, int]]:
        """What somebody was not satisfied with, the most frequent first."""
        named = zip(TAG_LABELS.values(), self.tally["tag"], strict=True)
        return sorted(((label, n) for label, n in named if n), key=lambda one: -one[1])

    @property
    def satisfied(self) -> Rate:
        """Those who pressed one of the two good faces, of all who pressed one."""
        return Rate(sum(n for score, _, n in self.faces if score >= SATISFIED), self.tally.total("face"))

    @property
    def heat(self) -> list[Sequence[int]]:
        """Seven rows from Monday on, twenty-four hours each."""
        cells = self.tally["cell"]
        return [cells[row * 24 : row * 24 + 24] for row in range(7)]

    @property
    def busy(self) -> tuple[int, int]:
        """First hour and the one after the last in which anybody ever came; at least 6 to 22."""
        used = [hour for hour in range(24) if any(row[hour] for row in self.heat)]
        return min([6, *used]), max([22, *(hour + 1 for hour in used)])

    @property
    def by_hour(self) -> list[tuple[int, Rate]]:
        """Satisfaction of each hour of the day in which anybody answered."""
        pairs = zip(self.tally["hour_satisfied"], self.tally["hour_answers"], strict=True)
        return [(hour, Rate(k, n)) for hour, (k, n) in enumerate(pairs) if n]

    @property
    def compared(self) -> Compared:
        """Of the whole month."""
        return Compared(self.tally.total("beside"), self.tally.total("entered"), self.tally.total("undirected"))

    @property
    def weeks(self) -> list[Week]:
        """Those that have begun."""
        found: dict[date, list[Day]] = {}
        for day in self.days:
            found.setdefault(day.on - timedelta(days=day.on.weekday()), []).append(day)
        return [
            Week(
                some[0].on,
                some[-1].on,
                Rate(sum(day.satisfied.k for day in some), sum(day.satisfied.n for day in some)),
            )
            for some in found.values()
        ]


def month_view(month: int, tally: Tally, today: date) -> MonthView:
    """As it is today."""
    first = date(month // 100, month % 100, 1)
    days = []
    for place in range(31):
        on = first + timedelta(days=place)
        if on.month != first.month or on > today:
            break
        days.append(
            Day(
                on, tally["heard"][place], tally["day"][place], tally["counted"][place], tally["entered"][place],
                tally["undirected"][place], tally["beside"][place], tally["flagged"][place],
                Rate(tally["day_satisfied"][place], tally["day_answers"][place]),
            )
        )  # fmt: skip
    return MonthView(month, tally, days)
