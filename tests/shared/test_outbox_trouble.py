"""A full disk, a lock that is not let go, another user: said clearly, nothing half-written, and healed by itself."""

import os
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shared.moment import ClockQuality, Stamp
from shared.outbox import FOR_PEOPLE_S, Outbox, OutboxBroken, OutboxBusy
from shared.records import CheckIn, Minute
from shared.states import State

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


def stamp(after_s: float = 0) -> Stamp:
    return Stamp(NOON + timedelta(seconds=after_s), "boot-1", 1000 + after_s, ClockQuality.SYNCED)


def minutes(first: int, count: int) -> list[tuple[Minute, Stamp]]:
    states = {f"fridge-{n}": State.OK for n in range(6)}
    return [(Minute(minute=NOON + timedelta(minutes=n), states=states), stamp(n)) for n in range(first, first + count)]


def ids(outbox: Outbox) -> set[str]:
    lanes = [outbox.take(lane, stamp(86_400), limit=10**6, max_bytes=10**9) for lane in ("now", "later")]
    return {record.id for lane in lanes for record in lane}


FULL_AND_FREE_AGAIN = """
import resource, sys
from pathlib import Path
from tests.shared.test_outbox_trouble import minutes
from shared.outbox import Outbox, OutboxFull
outbox = Outbox(Path(sys.argv[1]))
kept = outbox.put_all(minutes(0, 10))
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, most))
refused = 0
for first in range(10, 4000, 10):
    try:
        kept += outbox.put_all(minutes(first, 10))
    except OutboxFull:
        refused += 1
        if refused == 3:
            break
held = outbox.given()
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
assert held == len(kept), (held, len(kept))
kept += outbox.put_all(minutes(4000, 10))
print(refused, *kept)
"""


def test_a_full_disk_refuses_whole_puts_and_takes_them_again_when_there_is_room(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    root = Path(__file__).parents[2]
    child = subprocess.run(
        [sys.executable, "-c", FULL_AND_FREE_AGAIN, str(path)], cwd=root, capture_output=True, text=True, timeout=60
    )
    assert child.returncode == 0, child.stderr
    refused, *kept = child.stdout.split()
    assert refused == "3"
    outbox = Outbox(path)
    assert ids(outbox) == set(kept)
    assert outbox.salvages() == []
    outbox.close()


def test_a_lock_that_is_not_let_go_is_said_and_the_next_put_works(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.db", patience_s=0.3)
    other = sqlite3.connect(tmp_path / "outbox.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    begun = time.monotonic()
    with pytest.raises(OutboxBusy):
        outbox.put_all(minutes(0, 1))
    assert 0.25 < time.monotonic() - begun < 2
    assert outbox.said_on("checkin", NOON.date()) == 0
    other.execute("ROLLBACK")
    other.close()
    kept = outbox.put_all(minutes(0, 1))
    assert ids(outbox) == set(kept)
    outbox.close()


def test_a_person_waits_two_seconds_and_no_longer(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.db")
    other = sqlite3.connect(tmp_path / "outbox.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    begun = time.monotonic()
    with pytest.raises(OutboxBusy):
        outbox.put(CheckIn(occupation="courier"), stamp())
    assert time.monotonic() - begun < FOR_PEOPLE_S + 1
    other.execute("ROLLBACK")
    other.close()
    outbox.close()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutboxBroken, match="no-such-folder"):
        Outbox(tmp_path / "no-such-folder" / "outbox.db")


ANOTHER_USER = """
import os, sys
from pathlib import Path
group, user = int(sys.argv[2]), int(sys.argv[3])
from tests.shared.test_outbox_trouble import stamp
from shared.outbox import Outbox
from shared.records import CheckIn
if os.geteuid() == 0:
    os.setgroups([group]); os.setresgid(group, group, group); os.setresuid(user, user, user)
print(Outbox(Path(sys.argv[1])).put(CheckIn(occupation="courier"), stamp()))
"""


def test_the_kiosk_is_another_user_of_the_same_group(tmp_path: Path) -> None:
    """As root this really changes the user; as anybody else it is one user twice."""
    folder = Path("/tmp") / f"waystation-{os.getpid()}-{time.monotonic_ns()}"  # noqa: S108 — pytest's folders are closed to others
    folder.mkdir(mode=0o770)
    try:
        group = 54321 if os.geteuid() == 0 else os.getegid()
        os.chown(folder, -1, group)
        folder.chmod(0o2770)
        outbox = Outbox(folder / "outbox.db")
        mine = outbox.put(CheckIn(occupation="courier"), stamp())
        root = Path(__file__).parents[2]
        child = subprocess.run(
            [sys.executable, "-c", ANOTHER_USER, str(folder / "outbox.db"), str(group), "54322"],
            cwd=root, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert child.returncode == 0, child.stderr
        assert ids(outbox) == {mine, child.stdout.strip()}
        outbox.close()
    finally:
        for one in folder.iterdir():
            one.unlink()
        folder.rmdir()
