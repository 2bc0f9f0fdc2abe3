"""Which lines, shades and limits a facility's chart has, from what is stored. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from hub.health.chart import Chart, Limit, Line, Mark, Shade
from hub.health.measures import PRINCIPAL, REFERENCE, measure
from hub.health.spells import SpellSpan
from shared.quantities import UnknownQuantity, split
from shared.states import State
from shared.text import Text

QUARTER = timedelta(minutes=15)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SHOWN_UNITS = ("℃", "W", "V", "A")
MOST_PANELS = 2
MOST_LINES = 4
"""Of one panel; sockets beyond the fourth are not drawn."""


class Quarter(Protocol):
    """A stored quarter-hour, or several folded into one, as far as a line needs it."""

    @property
    def start(self) -> datetime: ...
    @property
    def low(self) -> float: ...
    @property
    def mean(self) -> float: ...
    @property
    def high(self) -> float: ...


@dataclass(frozen=True, slots=True)
class TracePoints:
    """An evidence window as points."""

    quantity: str
    points: Sequence[tuple[datetime, float | None]]


def drawn(quantities: Iterable[str]) -> list[str]:
    """Of what is wired, what a chart shows: temperatures and power, else voltage and current; few lines a panel."""
    by_unit: dict[str, list[str]] = {unit: [] for unit in SHOWN_UNITS}
    for name in sorted(quantities, key=_decisive_first):
        try:
            known, _ = split(name)
        except UnknownQuantity:
            continue
        if known.unit in by_unit and not known.two_state:
            by_unit[known.unit].append(name)
    if by_unit["℃"] and by_unit["W"]:
        by_unit["V"] = by_unit["A"] = []
    elif by_unit["W"] and not any("." in name for name in by_unit["W"]):
        by_unit["A"] = []
    chosen = [names[:MOST_LINES] for names in by_unit.values() if names][:MOST_PANELS]
    return [name for names in chosen for name in names]


def trace_points(trace: Mapping[str, Any]) -> TracePoints:
    """A stored evidence window."""
    start, step = datetime.fromisoformat(trace["start"]), timedelta(seconds=trace["step_s"])
    return TracePoints(
        trace["quantity"], [(start + index * step, value) for index, value in enumerate(trace["values"])]
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """Several quarter-hours as one."""

    start: datetime
    low: float
    mean: float
    high: float


def folded(quarters: Sequence[Quarter], step: timedelta) -> list[Stretch]:
    """Quarter-hours folded into steps: a month has more of them than a chart has pixels."""
    found: dict[datetime, list[Quarter]] = {}
    for row in quarters:
        found.setdefault(row.start - (row.start - EPOCH) % step, []).append(row)
    return [
        Stretch(
            start,
            min(row.low for row in rows),
            sum(row.mean for row in rows) / len(rows),
            max(row.high for row in rows),
        )
        for start, rows in sorted(found.items())
    ]


def line(
    quantity: str, quarters: Sequence[Quarter], traces: Sequence[TracePoints] = (), step: timedelta = QUARTER
) -> Line:
    """One quantity. Inside an evidence window its finer values are drawn instead of the quarter-hours."""
    known, socket = split(quantity)
    fine = [point for trace in traces if trace.quantity == quantity for point in trace.points]
    first, last = (fine[0][0], fine[-1][0]) if fine else (None, None)
    coarse = [row for row in quarters if first is None or last is None or not first <= row.start + step / 2 <= last]
    points: list[tuple[datetime, float | None]] = []
    before: datetime | None = None
    for row in coarse:
        if before is not None and row.start - before > step:
            points.append((before + step, None))
        points.append((row.start + step / 2, row.mean))
        before = row.start
    suffix = "" if socket is None else f" {socket}"
    return Line(
        Text(f"{known.label.zh}{suffix}", f"{known.label.en}{suffix}"),
        known.unit,
        sorted(points + fine, key=lambda point: point[0]),
        [(row.start + step / 2, row.low, row.high) for row in coarse],
        step=step,
    )


def shades(spans: Iterable[SpellSpan], start: datetime, end: datetime) -> list[Shade]:
    """Spells that are not ok, as far as they lie in the window."""
    return [
        Shade(span.state, max(start, span.since), min(end, span.until or end))
        for span in spans
        if span.state is not State.OK and span.since < end and (span.until or end) > start
    ]


def limits(
    kind: str,
    options: Mapping[str, object],
    stored: Mapping[str, float],
    units: Iterable[str],
    profile: Mapping[str, float] | None = None,
) -> list[Limit]:
    """Thresholds as lines: what the regulations ask, unless the facility's settings or the spell say otherwise.

    Of the facility's `profile` the thresholds people expect of its kind; the others would crowd the chart.
    """
    given: dict[str, float] = dict(REFERENCE.get(kind, {}))
    given |= {name: value for name, value in (profile or {}).items() if name in PRINCIPAL.get(kind, ())}
    given |= {name: value for name, value in options.items() if isinstance(value, float) or type(value) is int}
    given |= stored
    seen = set(units)
    return [
        Limit(measure(name).label, measure(name).unit, value)
        for name, value in given.items()
        if measure(name).drawn and measure(name).unit in seen
    ]


def chart(
    start: datetime,
    end: datetime,
    lines: Sequence[Line],
    spans: Iterable[SpellSpan],
    thresholds: Sequence[Limit],
    first_symptom: datetime | None = None,
) -> Chart:
    """All of it; what was not measured has no panel. `first_symptom` is None where no alert is told of."""
    marks = [] if first_symptom is None else [Mark(Text("首次迹象", "First symptom"), first_symptom)]
    seen = [line for line in lines if any(value is not None for _, value in line.points)]
    return Chart(start, end, seen, shades(spans, start, end), thresholds, marks)


def around(first_symptom: datetime, until: datetime) -> tuple[datetime, datetime]:
    """The stretch an alert's chart shows: from well before the first symptom, at least six hours, at most a week."""
    before = min(max((until - first_symptom) / 2, timedelta(hours=2)), timedelta(hours=12))
    start = max(first_symptom - before, until - timedelta(days=7))
    return min(start, until - timedelta(hours=6)), until


def _decisive_first(name: str) -> tuple[int, str]:
    """The quantity people think of first: inside before room, power before its parts."""
    order = ("cabinet", "supply", "hot_water", "strip", "room", "outdoor", "power", "voltage", "current")
    return next((rank for rank, prefix in enumerate(order) if name.startswith(prefix)), len(order)), name
