"""What the doctor reads of a database, SQLite and PostgreSQL alike."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from hub.database import engine_for, migrate
from hub.doctor.register import ask, unknown
from hub.ingest import take_in
from hub.line import Arrived
from hub.settings import HubSettings
from hub.stations import store as stations
from hub.telemetry import store as telemetry
from shared import topics
from shared.records import CheckIn
from tests.hub.conftest import register
from tests.hub.said import arrived, record

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> HubSettings:
    """A database of the schema this hub knows, that several may open."""
    shared = database_url if database_url.startswith("postgres") else f"sqlite:///{tmp_path / 'one.db'}"
    found = HubSettings(folder=tmp_path, database_url=shared)
    engine = engine_for(found.url)
    migrate(engine)
    engine.dispose()
    return found


@pytest.fixture
def opened(settings: HubSettings) -> Iterator[Engine]:
    engine = engine_for(settings.url)
    yield engine
    engine.dispose()


def talk(engine: Engine, station: str, at: datetime) -> None:
    take_in(engine, [arrived(station, record(CheckIn(occupation="courier"), at), at=at)], at)


def test_it_tells_who_is_silent_unheard_and_revoked(settings: HubSettings, opened: Engine) -> None:
    lately, silent, never, revoked = (register(opened) for _ in range(4))
    talk(opened, lately, NOW)
    talk(opened, silent, NOW - timedelta(hours=2))
    talk(opened, revoked, NOW)
    take_in(opened, [Arrived(topics.up_now(lately), b"noise", NOW)], NOW)
    with Session(opened) as session:
        stations.revoke(session, revoked, NOW - timedelta(minutes=1))
        telemetry.begin_listening(session, NOW - timedelta(days=3))
        telemetry.take_lease(session, "clock", "me", NOW, timedelta(seconds=30))
        session.commit()
    why, told, users = ask(settings, NOW)
    assert why == ""
    assert told is not None
    assert told.silent == [(silent, NOW - timedelta(hours=2))]
    assert told.never == [never]
    assert told.revoked_heard == [revoked]
    assert (told.heard.heard, told.heard.silent, told.heard.never, told.heard.revoked) == (1, 1, 1, 1)
    assert [(kept.rows, kept.stations, kept.newest) for kept in told.kept] == [(1, 1, NOW)]
    assert told.listened_first == told.listened_last == NOW - timedelta(days=3)
    assert [(job.name, job.until) for job in told.jobs] == [("clock", NOW + timedelta(seconds=30))]
    assert told.sizes.database > 0
    assert told.waits.why == ""
    assert {user.station for user in users} == {lately, silent, never}
    assert unknown(settings, [lately, revoked, "b8c1d4e7f0"]) == (["b8c1d4e7f0"], [revoked])


def test_it_does_not_wait_for_what_others_write_and_commits_nothing(settings: HubSettings, opened: Engine) -> None:
    station = register(opened)
    before = ask(settings, NOW)[1]
    talk(opened, station, NOW)
    after = ask(settings, NOW)[1]
    assert before is not None
    assert after is not None
    assert (before.heard.never, after.heard.heard) == (1, 1)
    assert after.waits.seconds < 1


def test_a_database_that_is_away_is_said_in_one_line(tmp_path: Path) -> None:
    away = HubSettings(folder=tmp_path, database_url="postgresql://waystation:secret@127.0.0.1:1/none")
    why, told, _ = ask(away, NOW)
    assert told is None
    assert why
    assert "secret" not in why
    assert "\n" not in why
