"""The schema: made by migrations, equal to the tables, refused when it is another."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine
from sqlmodel import Session, select

from hub.database import all_tables, check_schema, engine_for, migrate
from hub.errors import WrongSchema
from hub.health.tables import HourRow
from hub.telemetry.tables import Listening
from tests.databases import Databases


@pytest.fixture
def file(tmp_path: Path, databases: Databases) -> Iterator[Engine]:
    with databases.fresh(tmp_path / "hub.db", empty=True) as url:
        engine = engine_for(url)
        yield engine
        engine.dispose()


def test_the_migrations_make_exactly_the_tables_of_the_code(file: Engine) -> None:
    migrate(file)
    migrate(file)
    check_schema(file)
    with file.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, all_tables()) == []


def test_an_empty_database_says_what_to_run(file: Engine) -> None:
    with pytest.raises(WrongSchema, match="waystation-hub migrate"):
        check_schema(file)


def test_a_schema_from_the_future_is_refused_by_its_name(file: Engine) -> None:
    migrate(file)
    with file.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for refuse in (check_schema, migrate):
        with pytest.raises(WrongSchema, match="9999"):
            refuse(file)


def test_times_come_back_as_they_went_to_the_microsecond_in_utc(engine: Engine) -> None:
    at = datetime(2026, 3, 11, 12, 0, 0, 123457, timezone(timedelta(hours=8)))
    with Session(engine) as session:
        session.add(Listening(since=at, until=at))
        session.commit()
        row = session.exec(select(Listening)).one()
        assert row.since == at
        assert row.since.tzinfo is UTC
        session.rollback()
        session.add(Listening(since=datetime(2026, 3, 11), until=at))  # noqa: DTZ001 — a naive time is the point
        with pytest.raises(Exception, match="no time zone"):
            session.flush()


def test_a_mask_of_sixty_bits_fits(engine: Engine) -> None:
    full = (1 << 60) - 1
    with Session(engine) as session:
        session.add(HourRow(hour=datetime(2026, 3, 11, tzinfo=UTC), station="s", facility="f", ok=full))
        session.commit()
        assert session.exec(select(HourRow.ok)).one() == full
