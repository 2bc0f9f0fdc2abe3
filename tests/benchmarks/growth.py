"""What a record costs as the country grows: with more stations in the register, and with a month in the tables.

take_in alone, in batches of the same size from as many stations, one record an envelope, one in sixteen a quarter
record; every station's current hour has begun. Plotted to build/bench/growth.png. Three minutes.
"""

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from sqlalchemy import Engine

from hub.ingest import take_in
from hub.line import Arrived
from shared import topics
from tests.benchmarks.benchmark import Benchmark
from tests.benchmarks.filled import fill, fill_quarters
from tests.benchmarks.load.told import QUARTER_MINUTES, Calendar, Speech
from tests.benchmarks.province import open_database, register
from tests.benchmarks.rows import SUMMARY, Row
from tests.benchmarks.station_day import NOON

STATIONS = (100, 1_000, 10_000, 100_000)
TABLE_STATIONS, TABLE_DAYS = 1_000, 30
BATCH, BATCHES, WARMING = 100, 200, 2_000
MIX = 16
"""One envelope in so many is of a quarter record."""
LARGEST_RATIO = 1.5
HOUR_BEGAN, FIRST_MINUTE, MINUTES = 60, 61, 59
"""Of virtual time: the minute every station says before, and those that are measured, over and over."""
SPAN_QUARTERS = BATCHES + 100
NOW = QUARTER_MINUTES * (SPAN_QUARTERS + 1)
"""When all of it arrives: quarter-hours follow each other up to then, a batch each."""


def measure(folder: Path, numbers: Sequence[int] = STATIONS, days: int = TABLE_DAYS) -> Iterator[Row]:
    """Both rows, and the plot."""
    by_number = {number: _cost(folder / f"{number}.db", number, 0) for number in numbers}
    smallest = by_number[numbers[0]]
    ratio = max(by_number.values()) / smallest
    told = ", ".join(f"{number:,} stations {cost:.0f} us" for number, cost in by_number.items())
    yield Row(
        "growth stations", round(ratio, 2), "x", f"<= {LARGEST_RATIO:g} x", ratio <= LARGEST_RATIO,
        f"the dearest to that of {numbers[0]} stations; a record costs: {told}; {BATCH * BATCHES} records each, "
        f"batches of {BATCH}",
    )  # fmt: skip
    by_days = {age: _cost(folder / f"{age}-days.db", TABLE_STATIONS, age) for age in (0, days)}
    ratio = by_days[days] / by_days[0]
    yield Row(
        "growth table", round(ratio, 2), "x", f"<= {LARGEST_RATIO:g} x", ratio <= LARGEST_RATIO,
        f"{TABLE_STATIONS} stations: {by_days[0]:.0f} us a record into an empty table, "
        f"{by_days[days]:.0f} us into one of {days} days",
    )  # fmt: skip
    _plot(by_number, by_days)


def _cost(path: Path, number: int, days: int) -> float:
    """Microseconds a record, with so many stations and days of hours, spells, proofs and quarter-hours there."""
    chance = random.Random(7)
    engine = open_database(path)
    try:
        ids = register(engine, number, chance)
        calendar = Calendar(NOON - timedelta(minutes=HOUR_BEGAN))
        if days:
            fill(engine, ids, days, calendar.at(0), chance)
        _begin_hour(engine, ids, calendar)
        if days:
            fill_quarters(engine, days, calendar.at(0))
        return _taken_in(engine, ids, calendar, chance)
    finally:
        engine.dispose()
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()


def _begin_hour(engine: Engine, ids: Sequence[str], calendar: Calendar) -> None:
    """A quarter record, then the first minute of the hour, from every station."""
    at = calendar.at(NOW)
    for first in range(0, len(ids), WARMING):
        batch: list[Arrived] = []
        for place, id_ in enumerate(ids[first : first + WARMING], start=first):
            speech = Speech(id_, place, calendar)
            batch.append(Arrived(topics.up_later(id_), speech.quarter(0).payload, at))
            batch.append(Arrived(topics.up_now(id_), speech.minute(HOUR_BEGAN).payload, at))
        take_in(engine, batch, at)


def _taken_in(engine: Engine, ids: Sequence[str], calendar: Calendar, chance: random.Random) -> float:
    spent = 0.0
    for number in range(BATCHES):
        minute = FIRST_MINUTE + number % MINUTES
        quarter = QUARTER_MINUTES * (SPAN_QUARTERS - BATCHES + number)
        batch = [
            _said(ids[place], place, calendar, quarter if turn % MIX == 0 else None, minute)
            for turn, place in enumerate(chance.sample(range(len(ids)), BATCH))
        ]
        began = time.perf_counter()
        replies, _ = take_in(engine, batch, batch[0].at)
        spent += time.perf_counter() - began
        if sum(len(reply.committed) for reply in replies) != BATCH:
            raise LookupError("not every record was committed")
    return spent / (BATCH * BATCHES) * 1e6


def _said(station: str, place: int, calendar: Calendar, quarter: int | None, minute: int) -> Arrived:
    speech = Speech(station, place, calendar)
    if quarter is None:
        return Arrived(topics.up_now(station), speech.minute(minute).payload, calendar.at(NOW))
    return Arrived(topics.up_later(station), speech.quarter(quarter).payload, calendar.at(NOW))


def _plot(by_number: Mapping[int, float], by_days: Mapping[int, float]) -> None:
    figure = Figure(figsize=(9, 4), layout="constrained")
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2, sharey=True)
    left.plot(list(by_number), list(by_number.values()), marker="o")
    left.axhline(min(by_number.values()) * LARGEST_RATIO, linestyle="--", color="grey")
    left.set(xscale="log", xlabel="stations in the register", ylabel="µs a record", ylim=(0, None))
    right.bar([f"{days} days" for days in by_days], list(by_days.values()))
    right.set(xlabel=f"in the tables of {TABLE_STATIONS:,} stations")
    SUMMARY.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(SUMMARY.with_name("growth.png"), dpi=120)


BENCHMARK = Benchmark("growth", ("growth stations", "growth table"), lambda folder, _quick: measure(folder))
