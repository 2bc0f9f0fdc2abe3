"""What one station says in one day: a simulated life on a full wiring through the real judgement, as records.

A few lives are lived; every station of a province is one of them, with ids and noise of its own. What people say is
added in the numbers its visits bring.
"""

import random
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from edge.recording import open_recording
from edge.replay import replay
from hub.line import Arrived
from shared import topics
from shared.envelope import Envelope
from shared.ids import record_id
from shared.moment import ClockQuality, Stamp
from shared.opening import local_midnight
from shared.outbox import Outbox
from shared.records import FACTS, CheckIn, Fact, FaultReport, Feedback, Minute, Quarter, Record, Spell
from simulators.recorder import record
from simulators.scenario import load, story

NOON = datetime(2026, 7, 15, 4, tzinfo=UTC)
DAY = local_midnight(NOON)
"""The day lived, from midnight to midnight in Shanghai."""
LEARNT = timedelta(days=3)
"""Lived before, so that what is said once in the life of a station is said by then."""
FIGURES = 20
"""In a quarter record: what a station of the country's mix has of the wiring's twenty-nine."""
SIXTH = ("microwave-1", "microwave-2")
"""The wiring has five facilities that sensors judge: the sixth does as this one does."""
CHECK_INS, FEEDBACK, FAULT_REPORTS = 30, 4, 0.1
"""Of the forty-odd who come in a day; fault reports one in ten days."""
LIVES = (("healthy", 3), ("failing_fridge", 1))
"""Scenarios, and how many lives of each: at one station in four something is wrong all day."""


@dataclass(frozen=True, slots=True)
class Said:
    """A fact, and the moment it goes on its way."""

    at: datetime
    fact: Fact


@cache
def lives() -> Sequence[Sequence[Said]]:
    """The days lived, each in order of time. Takes some twenty seconds."""
    return [_live(scenario, f"{scenario}-{number}") for scenario, count in LIVES for number in range(count)]


def said_by(station_number: int, chance: random.Random) -> list[Said]:
    """One station's day in order of time, ids and noise its own."""
    life = lives()[station_number % len(lives())]
    spells: dict[str, str] = {}
    said = [Said(one.at, _own(one.fact, one.at, spells, chance)) for one in life]
    reports = int(chance.random() < FAULT_REPORTS)
    said += [Said(_opening(chance), CheckIn(occupation="courier")) for _ in range(CHECK_INS)]
    said += [Said(_opening(chance), Feedback(score=chance.choice((4, 4, 3, 2)))) for _ in range(FEEDBACK)]
    said += [Said(_opening(chance), FaultReport(subject="fridge-1", problem="warm")) for _ in range(reports)]
    return sorted(said, key=lambda one: one.at)


def envelope(station: str, said: Sequence[Said], at: datetime, chance: random.Random, lane: str = "now") -> Arrived:
    """One envelope as the broker brings it at that time."""
    records = [
        Record(
            id=record_id(one.at, chance.randbytes(10)),
            at=one.at,
            boot="0f6b1f3e-9d3c-4f6f-8a55-0c64f4f6b001",
            uptime=(one.at - DAY).total_seconds(),
            clock=ClockQuality.SYNCED,
            fact=one.fact,
        )
        for one in said
    ]
    carried = Envelope(
        id=record_id(at, chance.randbytes(10)), station=station, boot="0f6b1f3e-9d3c-4f6f-8a55-0c64f4f6b001",
        connection=1, clock=ClockQuality.SYNCED, sent_at=at, records=records,
    )  # fmt: skip
    topic = topics.up_now(station) if lane == "now" else topics.up_later(station)
    return Arrived(topic, carried.model_dump_json().encode(), at)


def _live(scenario: str, seed: str) -> list[Said]:
    begun = story(load(scenario), NOON.timestamp(), seed)
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        record(begun, folder / "life", (DAY - LEARNT).timestamp(), (DAY + timedelta(days=1)).timestamp())
        outbox = Outbox(folder / "outbox.db")
        stamp = Stamp(NOON, "bench", 0.0, ClockQuality.SYNCED)
        replay(open_recording(folder / "life", None), outbox, stamp, None, False, lambda _at: None)
        outbox.close()
        with sqlite3.connect(folder / "outbox.db") as kept:
            day = (DAY.timestamp(), (DAY + timedelta(days=1)).timestamp())
            rows = kept.execute("SELECT at, body FROM item WHERE at >= ? AND at < ?", day).fetchall()
        kept.close()
    said = [Said(datetime.fromtimestamp(at, UTC), _trimmed(FACTS.validate_json(body))) for at, body in rows]
    return sorted(said, key=lambda one: one.at)


def _trimmed(fact: Fact) -> Fact:
    if isinstance(fact, Minute):
        like, name = SIXTH
        more = {name: fact.states[like]} if like in fact.states else {}
        return fact.model_copy(update={"states": {**fact.states, **more}})
    if isinstance(fact, Quarter):
        return fact.model_copy(update={"figures": fact.figures[:FIGURES]})
    return fact


def _own(fact: Fact, at: datetime, spells: dict[str, str], chance: random.Random) -> Fact:
    if isinstance(fact, Spell):
        own = spells.setdefault(fact.spell, record_id(at, chance.randbytes(10)))
        return fact.model_copy(update={"spell": own})
    if isinstance(fact, Quarter):
        noisy = [one.model_copy(update={"mean": _noisy(one.low, one.mean, one.high, chance)}) for one in fact.figures]
        return fact.model_copy(update={"figures": noisy})
    return fact


def _noisy(low: float, mean: float, high: float, chance: random.Random) -> float:
    """Another mean between the same extremes; what did not move does not."""
    return mean if low == high else round(min(high, max(low, mean + chance.gauss(0, (high - low) / 10))), 3)


def _opening(chance: random.Random) -> datetime:
    return DAY + timedelta(hours=9, seconds=chance.randrange(8 * 3600))
