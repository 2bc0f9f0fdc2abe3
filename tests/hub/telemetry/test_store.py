"""Leases, listening and quarantine in the database."""

from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from hub.quarantine import kept_envelope
from hub.telemetry import store
from tests.hub.said import NOW

LENGTH = timedelta(seconds=30)


def test_one_holder_at_a_time_and_the_next_when_the_lease_has_run_out(engine: Engine) -> None:
    with Session(engine) as session:
        assert store.take_lease(session, "clock", "a", NOW, LENGTH)
        assert store.take_lease(session, "clock", "a", NOW + timedelta(seconds=20), LENGTH)
        assert not store.take_lease(session, "clock", "b", NOW + timedelta(seconds=40), LENGTH)
        assert store.take_lease(session, "clock", "b", NOW + timedelta(seconds=51), LENGTH)
        assert not store.take_lease(session, "clock", "a", NOW + timedelta(seconds=52), LENGTH)
        assert store.take_lease(session, "other job", "a", NOW, LENGTH)


def test_a_time_of_listening_grows(engine: Engine) -> None:
    with Session(engine) as session:
        first = store.begin_listening(session, NOW)
        store.go_on_listening(session, first, NOW + timedelta(seconds=10))
        store.begin_listening(session, NOW + timedelta(minutes=5))
        spans = store.listened(session, NOW - timedelta(hours=1))
    assert (spans[0].since, spans[0].until) == (NOW, NOW + timedelta(seconds=10))
    assert len(spans) == 2


def test_the_same_bytes_twice_are_one_row(engine: Engine) -> None:
    row = kept_envelope("waystation/1/k3v9x2m7qa/up/now", b"\x00", "no JSON", NOW)
    with Session(engine) as session:
        assert store.quarantine(session, [row]) == 1
        assert store.quarantine(session, [row]) == 0
        assert [kept.payload for kept in store.quarantined(session)] == [b"\x00"]
        assert store.drop_quarantined(session, [row["id"]]) == 1
        assert store.quarantine_count(session) == 0
