"""A hub that is upgraded keeps what it has."""

from collections.abc import Callable
from pathlib import Path

import alembic.command
import pytest
from alembic.config import Config
from sqlalchemy import Engine, text

from hub.database import engine_for, migrate, migration_config, schema_of


@pytest.fixture
def first(tmp_path: Path) -> str:
    """A database of the first schema with a user, a station and what stands in it."""
    url = f"sqlite:///{tmp_path / 'hub.db'}"
    engine, config = engine_for(url), migration_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, "0001")
        connection.execute(
            text(
                "INSERT INTO account (id, name, password_hash, role, language, created_at, failures)"
                " VALUES (1, '王芳', 'x', 'inspector', 'zh', 0, 0)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO station (id, name, name_en, kind, rulebook, union_name, address, staffing, opening,"
                " commissioned_at, mqtt_hash, mosquitto_hash, sealed_qr_key, settings_number, settings_digest)"
                " VALUES ('k3v9x2m7qa', '河边驿站', '', 'normal', 'shanghai_2018', '黄浦区总工会', '', 'unmanned',"
                " '{}', 0, 'x', 'x', x'00', 0, '')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO facility (station, id, kind, label_zh, label_en, quantities, options)"
                " VALUES ('k3v9x2m7qa', 'fridge-1', 'fridge', '冰箱', 'Fridge', '[]', '{}')"
            )
        )
        noon_in_may, hour_in_may = 1_777_867_200 * 1_000_000, 1_777_867_200 // 3600
        connection.execute(
            text(
                "INSERT INTO check_in (id, station, at, occupation, method, burst, received_at, undated, retracted)"
                " VALUES ('c-1', 'k3v9x2m7qa', :at, 'courier', 'tap', 0, :at, 0, 0)"
            ),
            {"at": noon_in_may},
        )
        for burst in (0, 1):
            connection.execute(
                text(
                    "INSERT INTO check_in_count (station, hour, occupation, method, burst, number)"
                    " VALUES ('k3v9x2m7qa', :hour, 'courier', 'tap', :burst, 7)"
                ),
                {"hour": hour_in_may - 24 * 31, "burst": burst},
            )
    engine.dispose()
    return url


def test_rows_of_the_first_schema_are_there_after_the_last(first: str) -> None:
    engine = engine_for(first)
    migrate(engine)
    assert schema_of(engine) != "0001"
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name, everywhere FROM account")).all() == [("王芳", 1)]
        assert connection.execute(text("SELECT union_name FROM station")).all() == [("黄浦区总工会",)]
        assert connection.execute(text("SELECT id FROM facility")).all() == [("fridge-1",)]
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


def test_what_was_counted_before_is_added_up_and_bursts_count_for_nothing(first: str) -> None:
    engine = engine_for(first)
    migrate(engine)
    with engine.connect() as connection:
        counts = connection.execute(text("SELECT burst, number, counted FROM check_in_count ORDER BY burst"))
        assert counts.all() == [(0, 7, 7), (1, 7, 0)]
        due = connection.execute(text("SELECT station, month FROM visits_due ORDER BY month"))
        assert due.all() == [("k3v9x2m7qa", 202604), ("k3v9x2m7qa", 202605)]
    engine.dispose()


def to(engine: Engine, move: Callable[[Config, str], None], schema: str) -> None:
    """Up or down to a schema of the past, as an upgrade goes there: tables are made anew."""
    config = migration_config()
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.commit()
        config.attributes["connection"] = connection
        move(config, schema)
        connection.commit()


def test_what_is_open_is_reminded_of_once_it_is_late_and_marks_keep_their_place(first: str) -> None:
    engine = engine_for(first)
    to(engine, alembic.command.upgrade, "0014")
    came = (
        "INSERT INTO complaint (number, code_digest, once, station, rulebook, kind, category, text, language, stage,"
        " received_at, due_at, answer, opened_again, upload_receipt) VALUES (:number, 'x', :number, 'k3v9x2m7qa',"
        " 'shanghai_2018', 'complaint', 'other', 't', 'zh', :stage, 0, 7, '', 0, '')"
    )
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM visits_due"))
        connection.execute(text("INSERT INTO visits_due (station, month) VALUES ('k3v9x2m7qa', 202605)"))
        for number, stage in enumerate(("received", "answered")):
            connection.execute(text(came), {"number": f"n{number}", "stage": stage})
    migrate(engine)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT stage, remind_at FROM complaint ORDER BY number")).all()
        assert found == [("received", 7), ("answered", None)]
        assert connection.execute(text("SELECT station, marked_at FROM visits_due")).all() == [("k3v9x2m7qa", 0)]
    to(engine, alembic.command.downgrade, "0014")
    migrate(engine)
    engine.dispose()
