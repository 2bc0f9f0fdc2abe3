"""How fast the hub's SQLite file grows: one day of real records through take_in, station beside station, minute by
minute. Two minutes for 200 stations."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, text

from hub.ingest import take_in
from hub.line import Arrived
from hub.settings import HubSettings
from shared.records import Profile
from tests.benchmarks.benchmark import Benchmark
from tests.benchmarks.province import open_database, register
from tests.benchmarks.rows import Row
from tests.benchmarks.station_day import DAY, Said, envelope, said_by

GROWTH, ALL = "file growth per station-day", "file growth per station-day, all it says"
STEADY = "steady size per station at default keep times"
MIX = ("hour", "quarter")
STATIONS = 200
LARGEST_KB = 30.0
DEFAULTS = HubSettings.model_fields
EVIDENCE, FOR_LONG = DEFAULTS["keep_evidence_days"].default, DEFAULTS["keep_states_days"].default
KEPT_DAYS = {
    "quarter": DEFAULTS["keep_quarters_days"].default,
    "count": DEFAULTS["keep_quarters_days"].default,
    "check_in": DEFAULTS["keep_check_ins_days"].default,
}
"""Everything else that grows: FOR_LONG, the words of people too, though those are kept for ever."""
ONCE = frozenset(
    {"station", "facility", "station_facts", "heard", "profile", "layout", "boot", "alembic_version", "sqlite_schema"}
)
"""One row a station or less: they do not grow from day to day."""
MINUTE = timedelta(minutes=1)
TOLD = 6
"""Tables named in the detail."""


def measure(folder: Path, stations: int = STATIONS) -> list[Row]:
    """A day's growth by the mix, by all that is said, and what it comes to at the default keep times."""
    chance = random.Random(7)
    engine = open_database(folder / "hub.db")
    try:
        ids = register(engine, stations, chance)
        days = [said_by(number, chance) for number in range(stations)]
        take_in(engine, _profiles(ids, days, chance), DAY)
        before = sizes(engine)
        for batch in _minutes(ids, days, chance):
            take_in(engine, batch, batch[0].at)
        after = sizes(engine)
        shares = _evidence_share(engine)
    finally:
        engine.dispose()
    grown = {name: (after[name] - before.get(name, 0)) / stations for name in after}
    mix, everything = sum(grown[name] for name in MIX), sum(grown.values())
    return [
        Row(
            GROWTH, round(mix / 1000, 2), "kB", f"<= {LARGEST_KB:g} kB", mix / 1000 <= LARGEST_KB,
            f"{stations} stations, a day of minutes of six facilities and quarter-hours of twenty quantities, the "
            f"mix of the ingest rows: {', '.join(f'{name} {grown[name] / 1000:.1f} kB' for name in MIX)}",
        ),
        Row(
            ALL, round(everything / 1000, 2), "kB", "", None,
            f"{stations} stations; with an entrance, proofs, thirty check-ins and a fault now and then; once, before "
            f"the day, {sum(before.values()) / stations / 1000:.1f} kB a station; {_told(grown)}",
        ),
        _steady(grown, shares),
    ]  # fmt: skip


def sizes(engine: Engine) -> Mapping[str, int]:
    """Bytes of every table with its indexes, after a checkpoint."""
    found: dict[str, int] = defaultdict(int)
    with engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        named = connection.execute(text("SELECT name, tbl_name FROM sqlite_master"))
        owners: dict[str, str] = {row.name: row.tbl_name for row in named}
        for name, size in connection.execute(text("SELECT name, SUM(pgsize) FROM dbstat GROUP BY name")):
            found[owners.get(name, name)] += size
    return found


def _profiles(ids: Sequence[str], days: Sequence[Sequence[Said]], chance: random.Random) -> list[Arrived]:
    """What a station has said once and for all before the day: on the day it is replaced."""
    return [
        envelope(id_, [Said(DAY - MINUTE, one.fact) for one in day if isinstance(one.fact, Profile)], DAY, chance)
        for id_, day in zip(ids, days, strict=True)
    ]


def _minutes(ids: Sequence[str], days: Sequence[Sequence[Said]], chance: random.Random) -> Iterator[list[Arrived]]:
    """What arrives in each minute of the day, an envelope a station, in any order."""
    grouped = [_by_minute(day) for day in days]
    for minute in sorted({at for day in grouped for at in day}):
        at = minute + MINUTE
        batch = [envelope(id_, day[minute], at, chance) for id_, day in zip(ids, grouped, strict=True) if minute in day]
        chance.shuffle(batch)
        yield batch


def _by_minute(said: Sequence[Said]) -> dict[datetime, list[Said]]:
    found: dict[datetime, list[Said]] = {}
    for one in said:
        found.setdefault(DAY + (one.at - DAY) // MINUTE * MINUTE, []).append(one)
    return found


def _evidence_share(engine: Engine) -> float:
    """Of a spell's row, the share that is its evidence windows."""
    with engine.connect() as connection:
        traces, rest = connection.execute(
            text(
                "SELECT SUM(LENGTH(traces)), SUM(LENGTH(id) * 2 + LENGTH(station) * 2 + LENGTH(why_zh) * 3"
                ' + LENGTH(why_en) + LENGTH("values") + LENGTH(limits) + 120) FROM spell'
            )
        ).one()
    return traces / (traces + rest) if traces else 0.0


def _steady(grown: Mapping[str, float], evidence: float) -> Row:
    """Computed, not run: a day's bytes of each table by the days it is kept."""
    kept = {name: size * KEPT_DAYS.get(name, FOR_LONG) for name, size in grown.items() if name not in ONCE}
    if "spell" in kept:
        kept["spell"] = grown["spell"] * (evidence * EVIDENCE + (1 - evidence) * FOR_LONG)
    once = sum(size for name, size in grown.items() if name in ONCE)
    total = sum(kept.values()) + once
    return Row(
        STEADY, round(total / 1e6, 2), "MB", "", None,
        f"computed from the day; {_told(kept)}",
    )  # fmt: skip


def _told(sizes_: Mapping[str, float]) -> str:
    largest = sorted(sizes_.items(), key=lambda item: -item[1])[:TOLD]
    return ", ".join(f"{name} {size / 1000:,.1f} kB" for name, size in largest if size)


BENCHMARK = Benchmark(
    "file",
    (GROWTH, ALL, STEADY),
    lambda folder, _quick: measure(folder),
)
