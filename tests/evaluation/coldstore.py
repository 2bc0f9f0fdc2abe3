"""A cold store's probes judged by our rules, held against the alarms its own system raised.

The rules are given the store's own limits and its delay of 45 min, and no inertia of food, in eleven months of
15-minute samples with holes. The operators changed limits now and then, so not all can agree. The freezers' limits
changed too often, and one is colder than anything a fridge's probe is believed (SV4): left out.
"""

import csv
import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from edge.sampling import Sample
from shared.records import Spell
from shared.states import State
from tests.evaluation.chances import joined
from tests.evaluation.plans import Span
from tests.evaluation.replayed import facility, facts
from tests.evaluation.shares import Share

TEMPERATURES, ALARMS = "coldstore_saveris/temps_a.csv.gz", "coldstore_saveris/alarms_a.csv.gz"
DELAY_MIN = 45.0
"""The store's system raises an alarm so long after the limit was passed: 82 of 87 times."""
STEP_S = 110.0
"""Between samples time passes in steps this long; with longer ones the judge takes the agent for gone."""
NEAR_S = 1800.0
"""Two samples."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A sensor of the store with the limits its operators used most, as one of our fridges."""

    name: str
    above: float
    below: float
    fridge: str


PROBES = (Probe("cooling_1", 5.0, -20.0, "fridge-1"), Probe("platform_1", 5.0, 0.0, "fridge-2"))
FROZEN = "FR7"
BAD = (State.DEGRADED, State.DOWN)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How one probe's episodes agree, of one side of its limits."""

    name: str
    side: str
    limit: float
    logged: Share
    """Logged alarms that our rules saw."""
    said: Share
    """Our episodes where an alarm of that sensor was logged, at whatever limit."""


def compared(files: Path) -> list[Agreement]:
    """Too warm (FR1) and too cold (FR7), of each probe that was ever so."""
    fridges = [facility(probe.fridge, ["cabinet_temperature"], _options(probe)) for probe in PROBES]
    spells: dict[str, Spell] = {}
    for fact in facts(fridges, _samples(files / TEMPERATURES), STEP_S):
        if isinstance(fact, Spell) and fact.state in BAD:
            spells[fact.spell] = fact
    found: list[Agreement] = []
    for probe in PROBES:
        for side in ("exceed", "deficit"):
            limit = probe.above if side == "exceed" else probe.below
            mine = [one for one in spells.values() if one.facility == probe.fridge]
            ours = joined([_span(one) for one in mine if (one.rule == FROZEN) is (side == "deficit")])
            logged = _logged(files / ALARMS, probe.name, side)
            theirs = [span for span, at in logged if at == limit]
            if theirs:
                anywhere = [span for span, _ in logged]
                found.append(Agreement(probe.name, side, limit, _seen(theirs, ours), _seen(ours, anywhere)))
    return found


def _options(probe: Probe) -> dict[str, float | bool]:
    return {
        "legal_limit": probe.above,
        "legal_clear": probe.above,
        "hot_limit": 50.0,
        "frozen_limit": probe.below,
        "frozen_clear": probe.below,
        "food_time": 0.1,
        "core_time": 0.1,
        "warm_in_day": 1e6,
        "warm_after": DELAY_MIN,
        "warm_clear": 0.0,
        "frozen_after": DELAY_MIN,
        "frozen_clear_after": 0.0,
    }


def _samples(path: Path) -> Iterator[Sample]:
    with gzip.open(path, "rt", newline="") as file:
        for row in csv.DictReader(file):
            at = datetime.fromisoformat(row["timestamp_utc"]).timestamp()
            for probe in PROBES:
                if text := row[f"{probe.name}_c"]:
                    yield Sample(at, probe.fridge, "cabinet_temperature", float(text), 1)


def _span(spell: Spell) -> Span:
    return spell.since.timestamp(), (spell.until or spell.confirmed_at).timestamp()


def _logged(path: Path, sensor: str, side: str) -> list[tuple[Span, float]]:
    """Alarms of one side, each with its limit."""
    episodes: list[tuple[Span, float]] = []
    began: tuple[float, float] | None = None
    with gzip.open(path, "rt", newline="") as file:
        for row in csv.DictReader(file):
            if row["sensor"] != sensor:
                continue
            at, limit = datetime.fromisoformat(row["timestamp_utc"]).timestamp(), float(row["limit"])
            if row["alarm_type"] == side:
                began = (at, limit)
            elif row["alarm_type"] == "recovery" and began is not None and limit == began[1]:
                episodes.append(((began[0], at), limit))
                began = None
    return episodes


def _seen(those: Sequence[Span], by: Sequence[Span]) -> Share:
    """How many of those some other lies at, or near."""
    near = [one for one in those if any(since - NEAR_S <= one[1] and until + NEAR_S >= one[0] for since, until in by)]
    return Share(len(near), len(those))
