"""What stations say, with defaults for all that a test does not care about."""

import random
from datetime import UTC, datetime, timedelta

from hub.line import Arrived
from shared import topics
from shared.envelope import Envelope
from shared.ids import record_id
from shared.moment import ClockQuality
from shared.records import Fact, Minute, Record, Spell
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


def arrived(station: str, *said: Record | Fact, lane: str = "now", at: datetime = NOW) -> Arrived:
    """An envelope of these, as the broker brings it."""
    records = [one if isinstance(one, Record) else record(one) for one in said]
    topic = topics.up_now(station) if lane == "now" else topics.up_later(station)
    return Arrived(topic, envelope(station, *records).model_dump_json().encode(), at)
