"""What a light station says: record after record, of every type, the same ones after every restart. Pure."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from shared.choice import Choice
from shared.ids import record_id
from shared.records import (
    Baseline,
    CheckIn,
    Count,
    Fact,
    FaultReport,
    Feedback,
    Figure,
    Minute,
    Profile,
    Proof,
    Quarter,
    Question,
    Retraction,
    Spell,
    Statement,
    StationFacts,
    WiredFacility,
)
from shared.states import Cause, Grade, State
from shared.text import Text

FACILITIES = ("fridge-1", "microwave-1", "drinking_water-1")
QUANTITY = "power"
MINUTE = timedelta(minutes=1)
WORDS = (
    CheckIn(occupation="courier"),
    Feedback(score=3, tags=["clean"]),
    FaultReport(subject="door", problem="other"),
    Statement(question="AC6", facility="fridge-1", answer="yes", by="kiosk"),
)
WIRING = StationFacts(
    version="1",
    facilities=[
        WiredFacility(id=name, kind=name.split("-")[0], label=Text(name, name), quantities=[QUANTITY])
        for name in FACILITIES
    ],
    devices=[],
)


def states_of(seed: int, number: int) -> dict[str, State]:
    """What every facility is in one minute."""
    chance = random.Random(f"minute {seed} {number}")
    return {
        name: chance.choice([State.OK, State.OK, State.DEGRADED, State.DOWN, State.EXCLUDED]) for name in FACILITIES
    }


def measured(seed: int, number: int, base: datetime) -> list[Fact]:
    """What the station's rules say in its minute of this number: a minute, and now and then something else."""
    minute = base + number * MINUTE
    said: list[Fact] = [Minute(minute=minute, states=dict(states_of(seed, number)))]
    if number % 15 == 14:
        said.append(quarter(minute - 14 * MINUTE, n=900 + number % 7))
    if number % 10 == 3:
        said.append(_spell(seed, number, minute, ended=False))
    if number % 10 == 8:
        said.append(_spell(seed, number - 5, minute - 5 * MINUTE, ended=True))
    if number % 20 == 5:
        said.append(_question(seed, number, minute, closed=False))
    if number % 20 == 15:
        said.append(_question(seed, number - 10, minute - 10 * MINUTE, closed=True))
    if number % 12 == 7:
        facility = FACILITIES[number % 3]
        said.append(Proof(facility=facility, rule="FR0", rule_version=1, grade=Grade.E3, proved_at=minute))
    if number % 30 == 0:
        said.append(_profile(minute))
    if number == 0:
        said.append(WIRING)
    return said


def quarter(start: datetime, n: int) -> Quarter:
    """One whole quarter-hour."""
    start -= timedelta(minutes=start.minute % 15)
    figure = Figure(facility=FACILITIES[0], quantity=QUANTITY, n=n, low=1.0, mean=2.0, high=3.0)
    return Quarter(start=start, figures=[figure], counts=[Count(facility="entrance-1", entered=n, left=n)])


def words(seed: int, number: int, said: Iterable[str]) -> Fact:
    """What a person says; now and then an earlier word is taken back."""
    known = list(said)
    if number % 9 == 8 and known:
        return Retraction(of=random.Random(f"back {seed} {number}").choice(known))
    return WORDS[number % len(WORDS)]


def _id(kind: str, seed: int, number: int, at: datetime) -> str:
    return record_id(at, random.Random(f"{kind} {seed} {number}").randbytes(10))


def _spell(seed: int, number: int, since: datetime, ended: bool) -> Spell:
    return Spell(
        spell=_id("spell", seed, number, since),
        revision=2 if ended else 1,
        facility=FACILITIES[number % 3],
        state=State.DOWN,
        since=since,
        until=since + 4 * MINUTE if ended else None,
        confirmed_at=since,
        rule="FR2",
        rule_version=1,
        cause=Cause.DEVICE_FAULT,
        grade=Grade.E2,
        why=Text("箱内过热", "too warm"),
    )


def _question(seed: int, number: int, asked_at: datetime, closed: bool) -> Question:
    return Question(
        question=_id("question", seed, number, asked_at),
        revision=2 if closed else 1,
        facility=FACILITIES[0],
        rule="AC6",
        text=Text("关着还是坏了？", "Off or broken?"),
        choices=[Choice(id="yes", label=Text("能用", "It works"))],
        asked_at=asked_at,
        due=asked_at + 30 * MINUTE,
        closed_at=asked_at + 9 * MINUTE if closed else None,
    )


def _profile(at: datetime) -> Profile:
    learned = Baseline(name="power", label=Text("功率", "Power"), unit="W", value=70.0, takes=Text("一小时", "an hour"))
    return Profile(facility=FACILITIES[0], learning_since=at, thresholds=[], baselines=[learned])
