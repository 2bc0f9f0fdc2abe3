"""Whatever bytes come: nothing is raised, nothing else is stopped, everything named is acknowledged."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from hub.checkins.tables import CheckInRow
from hub.database import engine_for
from hub.ingest import answer, take_in
from hub.line import Arrived
from hub.telemetry.tables import QuarantineRow
from shared import topics
from shared.records import CheckIn, Fact, Figure, Gap, Quarter, Retraction
from shared.states import State
from tests.databases import Databases, make_tables
from tests.hub.conftest import register
from tests.hub.said import NOW, arrived, envelope, minute, new_id, record, spell

FACTS: list[Fact] = [
    minute(fridge_1=State.OK),
    spell(),
    Quarter(start=NOW, figures=[Figure(facility="fridge-1", quantity="power", n=3, low=1, mean=2, high=3)]),
    Gap(revision=1, counts={"quarter": 1}, oldest=NOW),
    Retraction(of=new_id()),
    CheckIn(occupation="courier"),
]
NASTY: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(
            None,
            True,
            -1,
            0,
            2**63,
            10**40,
            1e308,
            "",
            "\x00",
            "\ud800",
            "x" * 70,
            "NaN",
            [],
            {},
            ["\udfff"],
            {"a": {}},
        ),
        *("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00"),
    ]
)


@pytest.fixture(scope="module")
def hub(databases: Databases) -> Iterator[tuple[Engine, str]]:
    with databases.fresh() as url:
        engine = engine_for(url)
        make_tables(engine)
        yield engine, register(engine)
        engine.dispose()


def places(found: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every leaf and branch of a JSON value."""
    inner = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


@st.composite
def garbled(draw: st.DrawFn) -> tuple[Fact, tuple[Any, ...], Any]:
    """A fact, the place in its envelope that is spoilt, and with what."""
    fact = draw(st.sampled_from(FACTS))
    parts = json.loads(envelope("a" * 10, record(fact)).model_dump_json())
    return fact, draw(st.sampled_from([place for place in places(parts) if place])), draw(NASTY)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(garbled())
@example((FACTS[2], ("records", 0, "fact", "figures", 0, "n"), 10**40))
@example((FACTS[1], ("records", 0, "fact", "until"), "9999-12-31T23:59:59-14:00"))
@example((FACTS[0], ("id",), "\ud800"))
def test_one_spoilt_value_stops_nothing_else(
    hub: tuple[Engine, str], spoilt: tuple[Fact, tuple[Any, ...], Any]
) -> None:
    engine, station = hub
    fact, path, value = spoilt
    parts = json.loads(envelope(station, record(fact)).model_dump_json())
    inner = parts
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    good = record(CheckIn(occupation="courier"))
    bad = Arrived(topics.up_now(station), json.dumps(parts).encode(), NOW)
    replies, _ = take_in(engine, [bad, arrived(station, good)], NOW)
    assert [good.id] in [reply.committed for reply in replies]
    for reply in replies:
        answer(reply, 0, NOW).model_dump_json()
    with Session(engine) as session:
        assert session.exec(select(CheckInRow.id).where(col(CheckInRow.id) == good.id)).one() == good.id


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.sampled_from(["waystation/1/x/up/now", "waystation/1/k3v9x2m7qa/state", "a/b"]))
@example(b"[" * 100_000, "waystation/1/k3v9x2m7qa/up/later")
def test_noise_is_kept_as_bytes(hub: tuple[Engine, str], payload: bytes, topic: str) -> None:
    engine, _ = hub
    take_in(engine, [Arrived(topic, payload, NOW)], NOW)
    with Session(engine) as session:
        kept = session.exec(select(QuarantineRow).where(QuarantineRow.topic == topic, QuarantineRow.payload == payload))
        assert len(kept.all()) == (not topic.endswith("/state"))
