"""A damaged outbox goes on: what can be read is carried over, what cannot is named, the damaged file is set aside."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shared.moment import ClockQuality, Stamp
from shared.outbox import Outbox
from shared.outbox_room import tell_gap
from shared.outbox_salvage import KEPT, UNREADABLE, set_aside
from shared.records import CheckIn, Fact, Gap, Minute, Record
from shared.states import State

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
PAGE = 4096
PUT = 400


def stamp(after_s: float = 0) -> Stamp:
    return Stamp(NOON + timedelta(seconds=after_s), "boot-1", 1000 + after_s, ClockQuality.SYNCED)


def held(outbox: Outbox) -> dict[str, Record]:
    lanes = [outbox.take(lane, stamp(86_400), limit=10**6, max_bytes=10**9) for lane in ("now", "later")]
    return {record.id: record for lane in lanes for record in lane}


def lost(records: dict[str, Record]) -> int | None:
    """What gaps name as unreadable: None where no gap does, 0 where nobody knows how many."""
    gaps = [one.fact.counts for one in records.values() if isinstance(one.fact, Gap)]
    named = [counts[UNREADABLE] for counts in gaps if UNREADABLE in counts]
    return sum(named) if named else None


def said(n: int) -> Fact:
    if n % 5 == 0:
        return CheckIn(occupation="courier")
    return Minute(minute=NOON + timedelta(minutes=n), states={f"fridge-{k}": State.OK for k in range(6)})


def filled(path: Path, *, closed: bool = True) -> tuple[dict[str, Fact], Outbox]:
    """An outbox with records in several lanes, some forgotten; with its log where it is not closed."""
    outbox = Outbox(path)
    put: dict[str, Fact] = {}
    for first in range(0, PUT, 10):
        facts = [(said(n), stamp(n)) for n in range(first, first + 10)]
        put |= zip(outbox.put_all(facts), (fact for fact, _ in facts), strict=True)
        if first == PUT // 2:
            with closing(sqlite3.connect(path)) as other:
                other.execute("PRAGMA wal_checkpoint")
    gone = list(put)[:50]
    outbox.forget(gone)
    for id_ in gone:
        del put[id_]
    if closed:
        outbox.close()
    return put, outbox


def killed(path: Path) -> dict[str, Fact]:
    """As a process that was killed leaves it: the newest records are in the log."""
    put, outbox = filled(path.with_name("living.db"), closed=False)
    for ending in ("", "-wal", "-shm"):
        shutil.copyfile(path.with_name(f"living.db{ending}"), path.with_name(path.name + ending))
    shutil.copyfile(path.with_name("living.given"), path.with_suffix(".given"))
    outbox.close()
    return put


def truncated(path: Path, chance: random.Random) -> None:
    with path.open("r+b") as file:
        file.truncate(chance.randrange(1, path.stat().st_size))


def zeroed_pages(path: Path, chance: random.Random) -> None:
    overwrite(path, chance, lambda size: bytes(size))


def garbage_pages(path: Path, chance: random.Random) -> None:
    overwrite(path, chance, chance.randbytes)


def overwrite(path: Path, chance: random.Random, of: Callable[[int], bytes]) -> None:
    with path.open("r+b") as file:
        for _ in range(chance.randint(1, 6)):
            file.seek(PAGE * chance.randrange(1, max(2, path.stat().st_size // PAGE)))
            file.write(of(PAGE))


def garbage_header(path: Path, chance: random.Random) -> None:
    with path.open("r+b") as file:
        file.write(chance.randbytes(chance.choice((16, 100, PAGE))))


def garbage_everywhere(path: Path, chance: random.Random) -> None:
    path.write_bytes(chance.randbytes(path.stat().st_size))


def no_bytes(path: Path, _chance: random.Random) -> None:
    path.write_bytes(b"")


def garbage_log(path: Path, chance: random.Random) -> None:
    log = path.with_name(f"{path.name}-wal")
    with log.open("r+b") as file:
        file.seek(chance.randrange(0, log.stat().st_size // 2))
        file.write(chance.randbytes(8192))


def no_log(path: Path, _chance: random.Random) -> None:
    path.with_name(f"{path.name}-wal").unlink()


def no_index_of_the_log(path: Path, _chance: random.Random) -> None:
    path.with_name(f"{path.name}-shm").unlink()


def a_folder(path: Path, _chance: random.Random) -> None:
    path.unlink()
    path.mkdir()


DAMAGES = [
    truncated, zeroed_pages, garbage_pages, garbage_header, garbage_everywhere, no_bytes, garbage_log, no_log,
    no_index_of_the_log, a_folder,
]  # fmt: skip
SEEDS = range(2)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_of_a_damaged_file_nothing_is_lost_unsaid(
    tmp_path: Path, damage: Callable[[Path, random.Random], None], seed: int
) -> None:
    path = tmp_path / "outbox.db"
    put = killed(path) if seed % 2 or "log" in damage.__name__ else filled(path)[0]
    damage(path, random.Random(seed))
    outbox = Outbox(path)
    after = {outbox.put(CheckIn(occupation="courier"), stamp(n)) for n in range(20)}
    found = held(outbox)
    after |= {outbox.put(CheckIn(occupation="courier"), stamp(n)) for n in range(20)}
    found = held(outbox)
    assert after <= found.keys()
    carried = {id_: record.fact for id_, record in found.items() if id_ in put}
    assert carried == {id_: put[id_] for id_ in carried}
    missing = len(put) - len(carried) - outbox.aside()
    named = lost(found)
    assert missing <= 0 or named is not None
    assert not named or named >= missing
    outbox.close()
    again = Outbox(path)
    assert after <= held(again).keys()
    again.close()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_lost_header_costs_nothing(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "outbox.db"
    put, _ = filled(path)
    garbage_header(path, random.Random(seed))
    outbox = Outbox(path)
    assert put.keys() <= held(outbox).keys()
    assert lost(held(outbox)) is None
    assert outbox.said_on("checkin", NOON.date()) == PUT // 5
    (salvage,) = outbox.salvages()
    assert (salvage.carried >= len(put), salvage.lost) == (True, 0)
    assert [one.name for one in set_aside(path)] == [salvage.file]
    outbox.close()


def test_a_lost_page_costs_its_own_records_and_they_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    put, _ = filled(path)
    with sqlite3.connect(path) as db:
        pages = [n for n in range(16, path.stat().st_size // PAGE) if _is_leaf_of_records(path, n)]
    db.close()
    with path.open("r+b") as file:
        file.seek(PAGE * pages[len(pages) // 2])
        file.write(bytes(PAGE))
    outbox = Outbox(path)
    found = held(outbox)
    missing = put.keys() - found.keys()
    assert 0 < len(missing) < 20
    assert lost(found) == len(missing)
    (gap,) = [one.fact for one in found.values() if isinstance(one.fact, Gap)]
    assert gap.oldest is not None
    assert NOON <= gap.oldest <= (gap.newest or NOON) <= NOON + timedelta(seconds=PUT)
    outbox.close()


def _is_leaf_of_records(path: Path, number: int) -> bool:
    page = path.read_bytes()[PAGE * number : PAGE * (number + 1)]
    return page[0] == 0x0D and b'"type":"minute"' in page


def test_a_log_deleted_while_nobody_looked_is_missed_to_the_record(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    put = killed(path)
    no_log(path, random.Random())
    outbox = Outbox(path)
    found = held(outbox)
    assert lost(found) == PUT - outbox_last(found, put)
    assert outbox.lowest() >= 1
    assert outbox.given() >= PUT
    outbox.close()


def outbox_last(found: dict[str, Record], put: dict[str, Fact]) -> int:
    """How many of all that were put the file without its log still knew of."""
    order = list(put)
    known = [order.index(id_) for id_ in found if id_ in put]
    return max(known) + 51 if known else 0


def test_only_the_newest_damaged_files_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    for n in range(KEPT + 2):
        outbox = Outbox(path)
        outbox.put(CheckIn(occupation="courier"), stamp(n))
        outbox.close()
        garbage_header(path, random.Random(n))
        os.utime(path, (1_800_000_000 + n, 1_800_000_000 + n))
    outbox = Outbox(path)
    assert len(held(outbox)) == KEPT + 2
    assert len(outbox.salvages()) == KEPT + 2
    assert [one.name for one in set_aside(path)] == [one.file for one in outbox.salvages()[-KEPT:]]
    outbox.close()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Outbox, Outbox, Path]]:
    """Agent and kiosk at one station."""
    path = tmp_path / "outbox.db"
    agent, kiosk = Outbox(path), Outbox(path)
    yield agent, kiosk, path
    agent.close()
    kiosk.close()


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_file_damaged_under_two_programs_loses_no_later_word(
    two: tuple[Outbox, Outbox, Path], damage: Callable[[Path, random.Random], None]
) -> None:
    agent, kiosk, path = two
    before = {agent.put(CheckIn(occupation="courier"), stamp(n)) for n in range(60)}
    damage(path, random.Random(1))
    after: set[str] = set()
    for n in range(10):
        after.add(kiosk.put(CheckIn(occupation="courier"), stamp(n)))
        after.add(agent.put(CheckIn(occupation="courier"), stamp(n)))
        agent.take("now", stamp())
    found = held(agent)
    assert after <= found.keys()
    assert after <= held(kiosk).keys()
    assert before <= found.keys() or lost(found) is not None


def test_a_wiped_outbox_costs_nothing_while_somebody_has_it_open(two: tuple[Outbox, Outbox, Path]) -> None:
    agent, kiosk, path = two
    put = {agent.put(CheckIn(occupation="courier"), stamp(n)) for n in range(60)}
    for one in path.parent.iterdir():
        one.unlink()
    put |= {kiosk.put(CheckIn(occupation="courier"), stamp()) for _ in range(5)}
    put |= {agent.put(CheckIn(occupation="courier"), stamp()) for _ in range(5)}
    assert held(agent).keys() == put
    assert agent.said_on("checkin", NOON.date()) == 70
    agent.forget(list(put))
    assert held(kiosk) == {}


PUTS = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from shared.moment import ClockQuality, Stamp
from shared.outbox import Outbox
from shared.outbox_room import tell_gap
from shared.records import CheckIn
outbox = Outbox(Path(sys.argv[1]))
for n in range(int(sys.argv[2])):
    stamp = Stamp(datetime(2026, 11, 20, 4, tzinfo=UTC), "b", float(n), ClockQuality.SYNCED)
    print(outbox.put(CheckIn(occupation="courier"), stamp), flush=True)
    outbox.said_on("checkin", stamp.at.date())
print("mended", *(one.file for one in outbox.salvages()), flush=True)
"""


def test_of_two_programs_exactly_one_salvages_and_neither_loses_a_word(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    put, _ = filled(path)
    garbage_header(path, random.Random(3))
    writers = [
        subprocess.Popen([sys.executable, "-c", PUTS, str(path), "60"], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said: set[str] = set()
    for writer in writers:
        out, _err = writer.communicate(timeout=60)
        assert writer.returncode == 0
        mended = out.splitlines()[-1]
        ids = out.splitlines()[:-1]
        said.update(ids)
        assert len(mended.split()) == 2
    assert len(said) == 180
    outbox = Outbox(path)
    assert said | put.keys() <= held(outbox).keys()
    assert len(outbox.salvages()) == 1
    outbox.close()


def test_a_salvage_that_was_killed_is_finished_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    put, _ = filled(path)
    shutil.copyfile(path, tmp_path / "outbox.db.salvaged")
    path.unlink()
    outbox = Outbox(path)
    assert put.keys() <= held(outbox).keys()
    outbox.close()
    assert not (tmp_path / "outbox.db.salvaged").exists()


def test_a_number_nobody_knows_stays_unknown_when_more_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    Outbox(path).close()
    with closing(sqlite3.connect(path)) as db:
        for gone in ({"unreadable": 0, "minute": 1}, {"unreadable": 3, "minute": 2}, {"unreadable": 4}):
            tell_gap(db, gone, None, None, random.randbytes)
        (counts,) = db.execute("SELECT counts FROM gap").fetchall()
    assert json.loads(counts[0]) == {"unreadable": 0, "minute": 3}
