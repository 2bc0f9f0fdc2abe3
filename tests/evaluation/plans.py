"""What a window is before anything is simulated or judged: one facility over the days before one visit. Pure.

Up to five of them, one a kind, share a station: its weather, visitors, mains and agent. Who draws them is `draws.py`;
what they are in truth the physics says afterwards (`truth.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Literal

from edge.health.options import OPTIONS
from simulators.people import LOCAL_S
from simulators.scenario import Scenario, Story, Turn, WiredFacility, load, story
from tests.evaluation.catalogue import DAY_S, Fault

Aim = Literal["healthy", "6", "2"]
Span = tuple[float, float]
"""From, until; epoch seconds."""

OPENS_S, CLOSES_S = 9 * 3600.0, 17 * 3600.0
"""Seconds of the local day, every day: unfiled opening hours."""
LEARNING_DAYS = 3.0
"""The station has stood for so long when the window begins: rules have seen the healthy facility."""
SCENARIO = "evaluation"
"""The simulators' station that windows are drawn on."""
RELAY_OFF = "relay_off"
WATCHING = {"room": "room_temperature", "outlets": "mains_lost"}
"""Kinds that tell of the whole station, judged or not, and by what: its air, and whether it has mains."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One fault from then to then."""

    fault: Fault
    onset: float
    until: float | None
    """None: it still lasts at the visit."""
    size: float | None = None

    def turns(self, facility: str) -> list[Turn]:
        """The same in the simulators' words."""
        where = self.fault.where or facility
        began = Turn(self.onset, where, self.fault.how, self.size)
        return [began] if self.until is None else [began, Turn(self.until, where, None)]


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody answers so long after the fault became physically true; only said while it still is."""

    answer: Literal["yes", "no"]
    after_s: float


@dataclass(frozen=True, slots=True)
class Stuck:
    """A quantity whose sensor repeats one value, whatever else is wrong with the facility."""

    quantity: str
    since: float
    value: float


@dataclass(frozen=True, slots=True)
class Case:
    """One window: what is wrong with the facility, how it is built, and when its devices say nothing."""

    number: int
    kind: str
    aim: Aim
    troubles: tuple[Trouble, ...] = ()
    silences: tuple[Span, ...] = ()
    simulated: Mapping[str, float] = field(default_factory=dict)
    options: Mapping[str, float | bool] = field(default_factory=dict)
    variant: str = ""
    """The confusing but healthy thing about it."""
    word: Word | None = None
    swapped_at: float | None = None
    """Another machine stands there since."""
    stuck: Stuck | None = None
    scenario: str = ""
    expected: tuple[int | None, ...] = ()
    """What health.md B5 expects of a scenario."""

    @property
    def facility(self) -> str:
        """Its id; a station has one of each kind."""
        return f"{self.kind}-1"

    @property
    def trouble(self) -> Trouble | None:
        """The first fault. None: it is healthy."""
        return self.troubles[0] if self.troubles else None

    @property
    def how(self) -> str:
        """The first fault's name; empty: healthy."""
        return self.troubles[0].fault.how if self.troubles else ""

    @property
    def invisible(self) -> bool:
        """No signal shows what is wrong."""
        return any(trouble.fault.invisible for trouble in self.troubles)


@dataclass(frozen=True, slots=True)
class Plan:
    """One station with up to five windows that end at the same visit (epoch seconds, a whole minute)."""

    number: int
    seed: str
    days: float
    visit: float
    visits_per_day: float
    cases: tuple[Case, ...]
    silences: tuple[Span, ...] = ()
    """When the agent is away, and nothing is heard of anything."""
    turns: tuple[Turn, ...] = ()
    """What befalls the whole station: mains and weather."""
    closed: Span | None = None
    """A filed closure, whole local days."""

    @property
    def start(self) -> float:
        """Where the windows begin: the last inspection was concluded."""
        return self.visit - self.days * DAY_S

    @property
    def first(self) -> float:
        """Where the recording begins."""
        return self.start - LEARNING_DAYS * DAY_S

    def opening(self) -> dict[str, object]:
        """The filed calendar."""
        closures = [] if self.closed is None else [_closure(*self.closed)]
        return {"start": "09:00", "end": "17:00", "closures": closures}

    def open_s(self, since: float, until: float) -> float:
        """How much of a time lies within opening hours."""
        closed = self.closed
        if closed is None:
            return open_seconds(since, until)
        return open_seconds(since, until) - open_seconds(max(since, closed[0]), min(until, closed[1]))

    def open_spans(self) -> list[Span]:
        """The opening hours of the window, day by day."""
        midnight = (self.start + LOCAL_S) // DAY_S * DAY_S - LOCAL_S
        days = [midnight + day * DAY_S for day in range(int(self.days) + 2)]
        hours = [(max(self.start, day + OPENS_S), min(self.visit, day + CLOSES_S)) for day in days]
        return [span for span in hours if span[1] > span[0] and self.open_s(*span)]

    def story(self) -> Story:
        """The same in the simulators' words: a station with the facilities that are judged, and the room's sensors."""
        base = load(SCENARIO)
        cases = {case.facility: case for case in self.cases}
        rows = [_fitted(row, cases[row.id]) for row in base.facilities if row.id in cases]
        rows += [_watching(row) for row in base.facilities if row.id not in cases and row.kind in WATCHING]
        scenario = replace(
            base,
            name=self.seed,
            visits_per_day=self.visits_per_day,
            opening=self.opening(),
            facilities=tuple(rows),
            past=(),
            happenings=(),
        )
        turns = [turn for case in self.cases for trouble in case.troubles for turn in trouble.turns(case.facility)]
        return story(scenario, self.visit, self.seed, [*turns, *self.turns])


def open_seconds(since: float, until: float) -> float:
    """How much of a time lies within the hours of any day."""
    total, day = 0.0, (since + LOCAL_S) // DAY_S * DAY_S - LOCAL_S
    while day < until:
        total += max(0.0, min(until, day + CLOSES_S) - max(since, day + OPENS_S))
        day += DAY_S
    return total


def can_befall(facility: str) -> frozenset[str]:
    """The ways in which the mains or the weather of a simulated station can be other than usual."""
    return frozenset(_base().faults_of(facility))


def _base() -> Scenario:
    return load(SCENARIO)


def _fitted(row: WiredFacility, case: Case) -> WiredFacility:
    """The facility as this window has it: sockets beyond the wired ones get meters of their own, and a relay that is
    left off has a contact that says so."""
    simulated = {**row.simulated, **case.simulated}
    options = {**row.options, **{name: value for name, value in case.options.items() if name in OPTIONS[case.kind]}}
    wires = dict(row.wires)
    for number in range(1, int(simulated.get("sockets", 0)) + 1):
        for quantity in ("voltage", "power", "current"):
            wires.setdefault(f"{quantity}.{number}", f"socket-{number}-meter.{quantity}")
    if any(trouble.fault.how == RELAY_OFF for trouble in case.troubles):
        wires.setdefault("relay_on", f"{case.kind}-relay.state")
        simulated["relay"] = 1
    return replace(row, wires=wires, options=options, simulated=simulated)


def _watching(row: WiredFacility) -> WiredFacility:
    """A facility nobody judges here: what it tells of the whole station is all that is wired."""
    told = WATCHING[row.kind]
    return replace(row, wires={name: wire for name, wire in row.wires.items() if name == told})


def _closure(since: float, until: float) -> dict[str, str]:
    return {"first": _local(since).isoformat(), "last": _local(until - 1).isoformat()}


def _local(at: float) -> date:
    return datetime.fromtimestamp(at + LOCAL_S, UTC).date()
