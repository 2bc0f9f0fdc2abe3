"""The state of all stations by a few statements is the state each one's own page says, whatever is stored."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from hub.accounts.tables import User
from hub.alerts.tables import Alert
from hub.health.tables import HourRow, SpellRow
from hub.overview import list_store, store
from hub.overview.asked import Asked
from hub.stations.tables import Facility, Station
from hub.telemetry.tables import Heard, Listening
from hub.upsert import Row, upsert
from shared.opening import whole_hour
from shared.states import State
from tests.hub.said import LONG_AGO, NOW

STATIONS = 250
FACILITIES = ("fridge-1", "fridge-2", "microwave-1", "outlets-1", "room-1", "tables-1", "kettle-1")
MASKS = ("ok", "degraded", "down", "excluded")
SPELLS = (State.OK, State.DEGRADED, State.DOWN, State.UNKNOWN, State.EXCLUDED)
USER = User(name="王芳", password_hash="-", role="maintainer", created_at=NOW, everywhere=True)


def furnish(engine: Engine, now: datetime, chance: random.Random) -> None:
    ids = [f"s{number:09d}" for number in range(STATIONS)]
    with Session(engine) as session:
        session.add(Listening(since=now - timedelta(minutes=chance.choice([2, 4, 400])), until=now))
        upsert(session, Station, [station(id_) for id_ in ids])
        upsert(session, Heard, [heard(id_, now, chance) for id_ in ids if chance.random() < 0.9])
        places = [(id_, facility) for id_ in ids for facility in FACILITIES if chance.random() < 0.6]
        for id_, name in places:
            kind = name.rpartition("-")[0]
            removed = now - timedelta(minutes=2) if chance.random() < 0.1 else None
            filed = (
                {"source": "register", "quantities": chance.choice([[], ["power"]])} if chance.random() < 0.2 else {}
            )
            row = Facility(station=id_, id=name, kind=kind, label_zh=name, label_en=name, removed_at=removed, **filed)
            session.add(row)
        upsert(session, HourRow, [row for id_ in ids for row in hours(id_, now, chance)])
        upsert(session, SpellRow, list(spells(ids, now, chance)))
        for id_ in ids[: STATIONS // 10]:
            session.add(alert(id_, now))
        session.commit()


def station(id_: str) -> Row:
    return Station(
        id=id_, name=f"驿站 {id_[-2:]}", name_en="Station", commissioned_at=LONG_AGO, mqtt_hash="", mosquitto_hash="",
        sealed_qr_key=b"", opening={},
    ).model_dump()  # fmt: skip


def heard(id_: str, now: datetime, chance: random.Random) -> Row:
    at = None if chance.random() < 0.1 else now - timedelta(seconds=chance.choice([5, 100, 179, 180, 181, 400, 90000]))
    return Heard(station=id_, at=at).model_dump()


def hours(id_: str, now: datetime, chance: random.Random) -> Iterator[Row]:
    """What was said of a facility, wired or not, up to a few minutes before or after now, often twice."""
    for name in FACILITIES:
        if chance.random() < 0.3:
            continue
        for hour in (whole_hour(now) + timedelta(hours=back) for back in (-3, -1, 0, 1)):
            minutes = int((now - hour) / timedelta(minutes=1)) + chance.choice([-50, -7, -6, -5, -4, -1, 0, 1, 3])
            last = 1 << max(0, min(60, minutes))
            masks = {mask: chance.randrange(last) if chance.random() < 0.4 else 0 for mask in MASKS}
            if chance.random() < 0.5:
                masks = dict.fromkeys(MASKS, 0) | {"ok": last - 1}
            if hour <= now + timedelta(minutes=2):
                yield {"hour": hour, "station": id_, "facility": name, **masks}


def spells(ids: list[str], now: datetime, chance: random.Random) -> Iterator[Row]:
    for number in range(len(ids)):
        since = now - timedelta(hours=chance.randrange(1, 9))
        yield SpellRow(
            id=f"spell-{number}", station=chance.choice(ids), facility=chance.choice(FACILITIES), revision=1,
            state=chance.choice(SPELLS), since=since, confirmed_at=since, rule="FR2", rule_version=1,
            until=now if chance.random() < 0.3 else None, cause="device_fault", grade=2, why_zh="温", why_en="warm",
        ).model_dump()  # fmt: skip


def alert(id_: str, now: datetime) -> Alert:
    return Alert(
        station=id_, facility="fridge-1", cause="device_fault", severity="high", opened_at=now, first_symptom_at=now,
        rule="FR2", why_zh="温", why_en="warm",
    )  # fmt: skip


@pytest.mark.parametrize("minute", [0, 3, 30, 58])
def test_a_station_is_in_the_list_what_it_is_on_its_page(engine: Engine, minute: int) -> None:
    now = NOW.replace(minute=minute, second=20)
    furnish(engine, now, random.Random(minute))
    with Session(engine) as session:
        listed = [
            one
            for page in (1, 2)
            for one in list_store.list_stations(session, USER, Asked(page=page, size=200), now).stations
        ]
        page = list_store.list_stations(session, USER, Asked(), now)
        counted = list_store.states(session, now)
        ids = [one.id for one in listed]
        assert {one.id: one.state for one in listed} == {id_: counted.get(id_, State.UNKNOWN) for id_ in ids}
        assert dict(Counter(one.state for one in listed)) == {state: n for state, n in page.tally.items() if n}
        assert len(set(counted.values())) >= 4, "a hub on which everything is alike shows nothing"
        order = [tuple(page.tally).index(one.state) for one in listed]
        assert order == sorted(order)
        for one in listed[::20]:
            alone = session.get_one(Station, one.id)
            assert store.view(session, alone, now).summary == one
