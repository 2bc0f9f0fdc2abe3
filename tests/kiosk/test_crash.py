"""What is written down of a kiosk that failed, and what is not: neither on the glass nor what somebody said."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import crash

CARD = "6228480402564890018"


@pytest.fixture(autouse=True)
def nowhere() -> Iterator[None]:
    yield
    for handler in crash.LOGGER.handlers:
        handler.close()
    crash.LOGGER.handlers.clear()


def test_where_the_disk_takes_no_more_nothing_is_said_and_nothing_fails(capfd: pytest.CaptureFixture[str]) -> None:
    full = Path("/dev/full")
    crash.ended(full, "the kiosk was ended by SIGKILL")
    crash.log_to(full)
    crash.note(ValueError(CARD))
    crash.log_to(full)  # what the one before could not write is let go of
    assert capfd.readouterr() == ("", "")


def test_a_log_that_could_not_be_written_for_a_while_is_written_again(tmp_path: Path) -> None:
    log = tmp_path / "kiosk.log"
    log.symlink_to("/dev/full")
    crash.ended(log, "the first")
    log.unlink()
    crash.ended(log, "the second")
    assert "the second" in log.read_text()


def store(code: str) -> None:
    raise sqlite3.IntegrityError(f"UNIQUE constraint failed: {code}")


def take(code: str) -> None:
    try:
        store(code)
    except sqlite3.Error as error:
        raise ValueError(f"input_value={code!r}") from error


def test_a_failure_is_written_down_by_kind_and_place_and_never_with_a_value(tmp_path: Path) -> None:
    log = tmp_path / "kiosk.log"
    crash.log_to(log)
    try:
        take(CARD)
    except ValueError as error:
        error.add_note(CARD)
        crash.note(error)
    written = log.read_text()
    assert CARD not in written
    for there in ("CRITICAL", "ValueError", "in take", "sqlite3.IntegrityError", "in store", "test_crash.py"):
        assert there in written
    assert written.index("IntegrityError") < written.index("ValueError"), "what it came of first"


def test_a_failure_while_another_was_dealt_with_names_both(tmp_path: Path) -> None:
    log = tmp_path / "kiosk.log"
    crash.log_to(log)
    try:
        try:
            store(CARD)
        except sqlite3.Error:
            int(CARD + "x")
    except ValueError as error:
        crash.note(error)
    assert CARD not in log.read_text()
    assert "IntegrityError" in log.read_text()
    assert "ValueError" in log.read_text()
