"""What stations say, with defaults for all that a test does not care about."""

import random
from datetime import UTC, datetime, timedelta

from hub.line import Arrived
from shared import topics
from shared.choice import Choice
from shared.envelope import Envelope
from shared.ids import record_id
from shared.moment import ClockQuality
from shared.records import Baseline, Fact, Minute, Profile, Question, Record, Spell, Threshold
from shared.states import Cause, Grade, State
from shared.text import Text

NOW = datetime(2026, 3, 11, 4, 0, tzinfo=UTC)
"""A Wednesday noon in Shanghai: stations are open."""
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
_chance = random.Random(7)


def new_id() -> str:
    """An id nobody has used."""
    return record_id(NOW, _chance.randbytes(10))


def minute(at: datetime = NOW, **states: State) -> Minute:
    """`minute(fridge_1=State.OK)`: underscores before a number stand for dashes."""
    return Minute(minute=at, states={name[::-1].replace("_", "-", 1)[::-1]: state for name, state in states.items()})


def spell(
    state: State = State.DOWN,
    since: datetime = NOW - timedelta(hours=1),
    until: datetime | None = None,
    revision: int = 1,
    spell: str | None = None,
    facility: str = "fridge-1",
    rule: str = "FR2",
    cause: Cause = Cause.DEVICE_FAULT,
    confirmed_at: datetime | None = None,
    why: str = "warm",
) -> Spell:
    return Spell(
        spell=spell or new_id(),
        revision=revision,
        facility=facility,
        state=state,
        since=since,
        until=until,
        confirmed_at=confirmed_at or since + timedelta(minutes=5),
        rule=rule,
        rule_version=1,
        cause=cause,
        grade=Grade.E2,
        why=Text(f"箱内{why}", why),
        values={"cabinet_temperature": 13.5},
    )


def question(
    asked_at: datetime = NOW - timedelta(minutes=10),
    question: str | None = None,
    revision: int = 1,
    closed_at: datetime | None = None,
    facility: str = "air_conditioner-1",
) -> Question:
    return Question(
        question=question or new_id(),
        revision=revision,
        facility=facility,
        rule="AC6",
        text=Text("室温 33℃，空调没有运行：关着还是坏了？", "33 ℃ and not running: off or broken?"),
        choices=[Choice(id="yes", label=Text("能用", "It works")), Choice(id="no", label=Text("坏了", "Broken"))],
        asked_at=asked_at,
        due=asked_at + timedelta(minutes=30),
        closed_at=closed_at,
    )


def profile(facility: str = "fridge-1", unit: str | None = None, limit: float = 8.0) -> Profile:
    return Profile(
        facility=facility,
        unit=unit,
        learning_since=NOW - timedelta(days=3),
        thresholds=[Threshold(name="legal_limit", value=limit, default=8.0, unit="℃", source="health.md A2")],
        baselines=[
            Baseline(
                name="compressor_power",
                label=Text("压缩机功率", "Compressor power"),
                unit="W",
                value=None,
                takes=Text("运转 30 分钟", "30 min of running"),
            )
        ],
    )


def record(fact: Fact, at: datetime | None = NOW, id: str | None = None) -> Record:  # noqa: A002
    return Record(id=id or new_id(), at=at, boot="boot-1", uptime=100.0, clock=ClockQuality.SYNCED, fact=fact)


def envelope(station: str, *records: Record, connection: int = 1) -> Envelope:
    return Envelope(
        id=new_id(),
        station=station,
        boot="boot-1",
        connection=connection,
        clock=ClockQuality.SYNCED,
        sent_at=NOW,
        records=list(records),
    )


def arrived(station: str, *said: Record | Fact, lane: str = "now", at: datetime = NOW, held: int = 0) -> Arrived:
    """An envelope of these, as the broker brings it."""
    records = [one if isinstance(one, Record) else record(one) for one in said]
    topic = topics.up_now(station) if lane == "now" else topics.up_later(station)
    told = envelope(station, *records).model_copy(update={"held": held})
    return Arrived(topic, told.model_dump_json().encode(), at)
