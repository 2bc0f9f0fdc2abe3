"""How long the outbox lasts, against a real one."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.moment import ClockQuality, Stamp
from shared.outbox import Outbox
from shared.outbox_hours import ENOUGH, RECORD_BYTES, hours_left, record_bytes
from shared.records import Fact, Figure, Minute, Quarter
from shared.states import State

BEGIN = datetime(2026, 11, 20, tzinfo=UTC)
FACILITIES = ("fridge-1", "microwave-1", "air_conditioner-1", "drinking_water-1", "outlets-1")


def said_in(hours: int) -> list[tuple[Fact, Stamp]]:
    """What a station of five facilities says: a record a minute, one a quarter-hour."""
    chance = random.Random(1)
    facts: list[tuple[Fact, Stamp]] = []
    for minute in range(hours * 60):
        at = BEGIN + timedelta(minutes=minute)
        stamp = Stamp(at, "0b9c6b1e-5f0c-4b7e-9a51-0f2a4c8d9e10", minute * 60.0, ClockQuality.SYNCED)
        facts.append((Minute(minute=at, states=dict.fromkeys(FACILITIES, State.OK)), stamp))
        if minute % 15 == 0:
            values = [chance.uniform(0, 300) for _ in range(25)]
            figures = [
                Figure(facility=FACILITIES[n % 5], quantity="power", n=900, low=v, mean=v + 1.23456, high=v + 2)
                for n, v in enumerate(values)
            ]
            facts.append((Quarter(start=at, figures=figures), stamp))
    return facts


def test_the_usual_size_is_that_of_what_a_station_says(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.db")
    facts = said_in(12)
    outbox.put_all(facts)
    waiting = outbox.waiting(facts[-1][1])
    outbox.close()
    assert record_bytes(waiting.bytes, len(facts)) == pytest.approx(RECORD_BYTES, rel=0.35)


def test_what_was_ever_put_is_counted_on_when_it_has_gone(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.db")
    assert outbox.given() == 0
    facts = said_in(1)
    ids = outbox.put_all(facts)
    outbox.forget(ids)
    assert outbox.given() == len(facts)
    outbox.close()


@given(
    used=st.integers(0, 10**9), held=st.integers(0, 10**6), bound=st.integers(0, 10**9), rate=st.floats(0.001, 10**5)
)
def test_hours_are_never_negative_and_fewer_at_a_higher_rate(used: int, held: int, bound: int, rate: float) -> None:
    hours, faster = hours_left(used, held, bound, rate), hours_left(used, held, bound, rate * 2)
    assert hours is not None
    assert faster is not None
    assert 0 <= faster <= hours
    assert (hours == 0) == (used >= bound)


def test_an_hour_is_an_hour() -> None:
    assert hours_left(0, 0, 70_000_000, 1000) == pytest.approx(100)
    assert hours_left(200_000, ENOUGH, 1_200_000, 100) == pytest.approx(10)
    assert hours_left(0, 0, 1000, 0.0) is None
