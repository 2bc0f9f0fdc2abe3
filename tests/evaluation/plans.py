"""Which windows are evaluated: drawn from a seed alone, before anything is simulated or judged. Pure.

A window is one facility over the days before one visit. Five of them, one a kind, share a station: its weather,
visitors and mains. Half of the windows are drawn to end as 2, a third to be healthy (some of them confusing), the rest
to end as 6; what they are in truth the physics says afterwards (`truth.py`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import cycle
from math import exp, log
from random import Random
from typing import Literal

from hub.inspections.prefill import DEFAULT
from simulators.chance import chance
from simulators.people import LOCAL_S
from simulators.scenario import Story, Turn, load, story
from tests.evaluation.catalogue import BREAKDOWNS, DAY_S, KINDS, SENSOR_FAULTS, Fault

Aim = Literal["healthy", "6", "2"]
Span = tuple[float, float]
"""From, until; epoch seconds."""

OPENS_S, CLOSES_S = 9 * 3600.0, 17 * 3600.0
"""Seconds of the local day, every day: unfiled opening hours."""
DAYS = float(DEFAULT.days)
"""An inspection looks back on so many."""
LEARNING_DAYS = 3.0
"""The station has stood for so long when the window begins: rules have seen the healthy facility."""
SHORTEST_FAULT_S = 600.0
SILENCE_S = (300.0, DAY_S)
SILENT_SHARE = (0.001, 0.35)
"""Of a window its devices are silent for a log-uniform share within these."""
VISITS_PER_DAY = (10.0, 100.0)
"""Log-uniform; at the upper end the fridge's door is opened some forty times a day."""
CUT_SHARE, CUT_S = 0.3, (600.0, 6 * 3600.0)
"""This share of the stations has one power cut, log-uniform."""
SENSOR_SHARE = 0.5
"""Of the healthy windows of a kind whose sensor can fail, so many have it fail."""
FIRST_DAY = datetime(2025, 2, 10, tzinfo=UTC).timestamp()
"""Visits lie within the year after this day, in every season."""
HIGH, LOW = 0.97, 0.85
"""The bands of availability (health.md B2)."""
TRIES = 3000


@dataclass(frozen=True, slots=True)
class Case:
    """One window: what is wrong with the facility, from when to when, and when its devices say nothing."""

    number: int
    kind: str
    aim: Aim
    fault: Fault | None
    onset: float
    until: float | None
    """None: it still lasts at the visit."""
    silences: tuple[Span, ...]

    @property
    def facility(self) -> str:
        """Its id; a station has one of each kind."""
        return f"{self.kind}-1"


@dataclass(frozen=True, slots=True)
class Plan:
    """One station with up to five windows that end at the same visit (epoch seconds, a whole minute)."""

    number: int
    seed: str
    visit: float
    visits_per_day: float
    cut: Span | None
    cases: tuple[Case, ...]

    @property
    def start(self) -> float:
        """Where the windows begin."""
        return self.visit - DAYS * DAY_S

    @property
    def first(self) -> float:
        """Where the recording begins."""
        return self.start - LEARNING_DAYS * DAY_S

    def story(self) -> Story:
        """The same in the simulators' words: a full station."""
        turns: list[Turn] = []
        for case in self.cases:
            if case.fault is not None:
                turns.append(Turn(case.onset, case.facility, case.fault.how))
                if case.until is not None:
                    turns.append(Turn(case.until, case.facility, None))
        if self.cut is not None:
            turns += [Turn(self.cut[0], "mains", "cut"), Turn(self.cut[1], "mains", None)]
        scenario = replace(load("healthy"), name=self.seed, visits_per_day=self.visits_per_day, past=(), happenings=())
        return story(scenario, self.visit, self.seed, turns)


def draw(seed: str, windows: int) -> list[Plan]:
    """So many windows, packed into stations."""
    rng = chance("evaluation", seed)
    aims = _aims(rng, windows)
    broken = {kind: _in_turn(rng, [fault for fault in BREAKDOWNS if fault.kind == kind]) for kind in KINDS}
    plans: list[Plan] = []
    for first in range(0, windows, len(KINDS)):
        visit = _visit(rng)
        start = visit - DAYS * DAY_S
        cases = tuple(
            _case(rng, first + place, kind, aim, broken[kind], (start, visit))
            for place, (kind, aim) in enumerate(zip(KINDS, aims[first : first + len(KINDS)], strict=False))
        )
        cut = None
        if rng.random() < CUT_SHARE:
            began = rng.uniform(start, visit - CUT_S[1])
            cut = (began, began + _log_uniform(rng, *CUT_S))
        number = len(plans)
        visits = round(_log_uniform(rng, *VISITS_PER_DAY), 1)
        plans.append(Plan(number, f"evaluation-{seed}-{number}", visit, visits, cut, cases))
    return plans


def open_seconds(since: float, until: float) -> float:
    """How much of a time lies within opening hours."""
    total, day = 0.0, (since + LOCAL_S) // DAY_S * DAY_S - LOCAL_S
    while day < until:
        total += max(0.0, min(until, day + CLOSES_S) - max(since, day + OPENS_S))
        day += DAY_S
    return total


def _aims(rng: Random, windows: int) -> list[Aim]:
    broken, healthy = round(windows / 2), round(windows / 3)
    aims: list[Aim] = []
    for aim, count in (("2", broken), ("healthy", healthy), ("6", windows - broken - healthy)):
        aims += [aim] * count  # type: ignore[list-item]
    rng.shuffle(aims)
    return aims


def _case(rng: Random, number: int, kind: str, aim: Aim, broken: Iterator[Fault], window: Span) -> Case:
    silences = _silences(rng, window)
    if aim == "healthy":
        faults = [fault for fault in SENSOR_FAULTS if fault.kind == kind]
        if not faults or rng.random() >= SENSOR_SHARE:
            return Case(number, kind, aim, None, window[0], None, silences)
        onset, until = _span(rng, window)
        return Case(number, kind, aim, rng.choice(faults), onset, until, silences)
    for fault in broken:
        for _ in range(TRIES):
            onset, until = _span(rng, window)
            if _predicted(fault, onset, until, window) == aim:
                return Case(number, kind, aim, fault, onset, until, silences)
    raise AssertionError("the faults come round for ever")


def _span(rng: Random, window: Span) -> tuple[float, float | None]:
    """Onset within the window, duration log-uniform up to its length; None where it reaches the visit."""
    start, visit = window
    onset = rng.uniform(start, visit - SHORTEST_FAULT_S)
    until = onset + _log_uniform(rng, SHORTEST_FAULT_S, visit - start)
    return onset, until if until < visit else None


def _predicted(fault: Fault, onset: float, until: float | None, window: Span) -> str:
    """The points the plan is about to end as; the physics may say otherwise."""
    start, visit = window
    share = open_seconds(onset + fault.lag_s, until or visit) / open_seconds(start, visit)
    if until is None and onset + fault.lag_s < visit:
        share = 1.0
    if share > 1 - LOW and fault.effect == "all":
        return "2"
    return "6" if share > 1 - HIGH else "10"


def _silences(rng: Random, window: Span) -> tuple[Span, ...]:
    start, visit = window
    left = _log_uniform(rng, *SILENT_SHARE) * (visit - start)
    spans: list[Span] = []
    while left > SILENCE_S[0]:
        length = min(left, _log_uniform(rng, *SILENCE_S))
        began = rng.uniform(start, visit - length)
        spans.append((began, began + length))
        left -= length
    return tuple(sorted(spans))


def _visit(rng: Random) -> float:
    """A whole minute between 10:00 and 16:30 of a day of the year."""
    day = FIRST_DAY + rng.randrange(365) * DAY_S - LOCAL_S
    return day + 60 * rng.randrange(600, 990)


def _in_turn(rng: Random, faults: Sequence[Fault]) -> Iterator[Fault]:
    """All of them before any comes again."""
    shuffled = list(faults)
    rng.shuffle(shuffled)
    return cycle(shuffled)


def _log_uniform(rng: Random, low: float, high: float) -> float:
    return exp(rng.uniform(log(low), log(high)))
