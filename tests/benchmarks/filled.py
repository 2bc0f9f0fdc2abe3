"""A hub's database with months in it: written hour by hour as a hub would come to it, but copied inside the database.

A few patterns of one hour are folded by the hub's own code; every other hour is a copy of one of them with its time
moved. Loading may lose everything when power fails (synchronous off); reading is as in any hub.
"""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, text
from sqlmodel import Session, SQLModel

from hub.columns import EPOCH
from hub.health import store as health
from hub.health.facts import HourKey, fold_minute, hour_rows, proof_row, spell_row
from hub.health.tables import HourRow, ProofRow, SpellRow
from hub.telemetry.tables import QuarterRow
from hub.upsert import Row, table_of, upsert
from shared.bounds import TRACE_LIMIT
from shared.ids import record_id
from shared.opening import whole_hour
from shared.records import Minute, Proof, Spell, Trace
from shared.states import Cause, Grade, State
from shared.text import Text
from tests.benchmarks.province import QUANTITIES

PATTERNS = 3
"""Hours that are folded."""
SPELLS, PROOFS = 0.25, 20
"""A day and station: as the simulated stations say (`station_day`)."""
SHARES = (State.OK,) * 95 + (State.DOWN,) * 2 + (State.DEGRADED,) * 2 + (State.EXCLUDED,)
PROVEN = ("microwave-1", "drinking_water-1", "fridge-1", "outlets-1")
MINUTE, QUARTER, HOUR, DAY = (timedelta(minutes=minutes) for minutes in (1, 15, 60, 1440))
AT_ONCE = 5_000
LONGEST_MIN = 480
"""Of a spell."""


def fill(engine: Engine, stations: Sequence[str], days: int, now: datetime, chance: random.Random) -> int:
    """Hours, spells and proofs of the last days up to the whole hour before `now`; how many rows there are then."""
    end = whole_hour(now)
    with engine.connect() as connection:
        for pragma in ("synchronous=OFF", "cache_size=-2000000"):
            connection.execute(text(f"PRAGMA {pragma}"))
        connection.commit()
        _hours(connection, stations, end, 24 * days, chance)
        _spells(connection, stations, end - DAY * days, end, chance)
        _proofs(connection, stations, end - DAY * days, days, chance)
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        rows = sum(_count(connection, model) for model in (HourRow, SpellRow, ProofRow))
        connection.detach()
    return rows


def _hours(connection: Connection, stations: Sequence[str], end: datetime, number: int, chance: random.Random) -> None:
    """Oldest first: the order in which a hub writes them."""
    began = end - HOUR * number
    patterns = [began + HOUR * place for place in range(min(PATTERNS, number))]
    for hour in patterns:
        with Session(connection) as session:
            for start in range(0, len(stations), AT_ONCE):
                health.fold_minutes(session, hour_rows(_folded(stations[start : start + AT_ONCE], hour, chance)))
            session.commit()
    for place in range(len(patterns), number):
        moments = {"to": began + HOUR * place, "source": chance.choice(patterns)}
        values = {name: _stored(connection, HourRow, "hour", at) for name, at in moments.items()}
        _copy(connection, HourRow, {"hour": ":to"}, "hour = :source", values)
        connection.commit()


def fill_quarters(engine: Engine, days: int, source: datetime) -> int:
    """Copy the quarter-hour there is at `source` to every one of the days before it; how many rows there are then."""
    with engine.connect() as connection:
        connection.execute(text("PRAGMA synchronous=OFF"))
        connection.commit()
        at = _stored(connection, QuarterRow, "start", source)
        for place in range(96 * days, 0, -1):
            to = _stored(connection, QuarterRow, "start", source - QUARTER * place)
            _copy(connection, QuarterRow, {"start": ":to"}, "start = :source", {"to": to, "source": at})
            if place % 24 == 0:
                connection.commit()
        connection.commit()
        rows = _count(connection, QuarterRow)
        connection.detach()
    return rows


def _folded(stations: Sequence[str], hour: datetime, chance: random.Random) -> dict[HourKey, list[int]]:
    folded: dict[HourKey, list[int]] = {}
    for station in stations:
        then = {facility: chance.choice(SHARES) for facility in QUANTITIES}
        turn = chance.randrange(60)
        for minute in range(60):
            states = then if minute >= turn else dict.fromkeys(then, State.OK)
            fold_minute(folded, station, Minute(minute=hour + MINUTE * minute, states=states))
    return folded


def _spells(
    connection: Connection, stations: Sequence[str], start: datetime, end: datetime, chance: random.Random
) -> None:
    number = int(SPELLS * len(stations) * ((end - start) / DAY))
    span_s = (end - start).total_seconds() - LONGEST_MIN * 60
    begins = sorted(start + timedelta(seconds=int(chance.random() * span_s)) for _ in range(number))
    for first in range(0, number, AT_ONCE):
        some = begins[first : first + AT_ONCE]
        _put(connection, SpellRow, [spell_row(chance.choice(stations), _spell(since, chance)) for since in some])


def _spell(since: datetime, chance: random.Random) -> Spell:
    noise = [round(chance.gauss(14, 2), 2) for _ in range(TRACE_LIMIT)]
    return Spell(
        spell=record_id(since, chance.randbytes(10)),
        revision=2,
        facility=chance.choice(list(QUANTITIES)),
        state=State.DOWN,
        since=since,
        until=since + MINUTE * chance.randrange(10, LONGEST_MIN),
        confirmed_at=since + MINUTE * 5,
        rule="FR2",
        rule_version=1,
        cause=Cause.DEVICE_FAULT,
        grade=Grade.E2,
        why=Text("箱内 13.4 ℃，上限 8 ℃", "13.4 ℃ inside, limit 8 ℃"),
        values={"cabinet_temperature": 13.4, "power": 2.2},
        limits={"legal_limit": 8.0},
        traces=[
            Trace(quantity=quantity, start=since, step_s=60, values=list(noise))
            for quantity in ("cabinet_temperature", "power")
        ],
    )


def _proofs(connection: Connection, stations: Sequence[str], began: datetime, days: int, chance: random.Random) -> None:
    """One day of them, copied to the others; what finds them by place is made afterwards, at once."""
    indexes = sorted(table_of(ProofRow).indexes, key=lambda index: index.name or "")
    for index in indexes:
        index.drop(connection)
    number = PROOFS * len(stations)
    times = [began + DAY * place / number for place in range(number)]
    for first in range(0, number, AT_ONCE):
        _put(
            connection, ProofRow, [_proof(chance.choice(stations), at, chance) for at in times[first : first + AT_ONCE]]
        )
    for day in range(1, days):
        moved = {"id": ":day || substr(id, 3)", "proved_at": "proved_at + :later"}
        moments = {"later": EPOCH + DAY * day, "end": began + DAY}
        values = {name: _stored(connection, ProofRow, "proved_at", at) for name, at in moments.items()}
        _copy(connection, ProofRow, moved, "proved_at < :end", {"day": f"{day:02d}", **values})
        connection.commit()
    for index in indexes:
        index.create(connection)
    connection.commit()


def _proof(station: str, at: datetime, chance: random.Random) -> Row:
    facility = chance.choice(PROVEN)
    proof = Proof(facility=facility, rule="MW1", rule_version=1, grade=Grade.E3, proved_at=at, values={"power": 1412.0})
    return proof_row(station, f"00{record_id(at, chance.randbytes(10))[2:]}", proof)


def _put(connection: Connection, model: type[SQLModel], rows: Sequence[Row]) -> None:
    with Session(connection) as session:
        upsert(session, model, rows)
        session.commit()


def _copy(
    connection: Connection, model: type[SQLModel], changed: Mapping[str, str], where: str, values: Mapping[str, object]
) -> None:
    """Rows again, with some columns changed."""
    table = table_of(model)
    names = [column.name for column in table.columns]
    into = ", ".join(f'"{name}"' for name in names)
    chosen = ", ".join(changed.get(name, f'"{name}"') for name in names)
    statement = f'INSERT INTO "{table.name}" ({into}) SELECT {chosen} FROM "{table.name}" WHERE {where}'  # noqa: S608 — names of our own tables
    connection.execute(text(statement), values)


def _stored(connection: Connection, model: type[SQLModel], column: str, at: datetime) -> int:
    """A time as SQLite holds it in this column."""
    fit = table_of(model).c[column].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    if fit is None:
        raise TypeError(f"{model.__name__}.{column} holds no times of ours")
    return int(fit(at))


def _count(connection: Connection, model: type[SQLModel]) -> int:
    return int(connection.execute(text(f'SELECT COUNT(*) FROM "{table_of(model).name}"')).scalar_one())  # noqa: S608
