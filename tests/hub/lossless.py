"""Outbox and ingest as one machine without processes: a real outbox file, a real hub database, and every accident.

What the hub must hold at the end is kept beside it: by record id for what is a row, by minute for what is folded. A
fact is owed once the outbox that accepted it is known to have lived on, or its bytes reached the hub.
"""

import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from hub.database import engine_for
from hub.ingest import take_in
from hub.line import Arrived
from hub.stations import store as stations
from hub.stations.roster import Filing
from shared import topics
from shared.envelope import Envelope
from shared.moment import ClockQuality, Stamp
from shared.opening import Opening
from shared.outbox import Lane, Outbox
from shared.records import Fact, Question, Record, Spell
from tests.databases import make_tables
from tests.faults.facts import measured, words
from tests.faults.ledger import balance
from tests.faults.witness import Seen

BEGAN = datetime(2026, 3, 11, 4, 0, tzinfo=UTC)
STEP = timedelta(seconds=20)


def thing(fact: Fact) -> str | None:
    """What a fact tells of anew. None: of nothing."""
    match fact:
        case Spell():
            return fact.spell
        case Question():
            return fact.question
        case _:
            return None


class Lossless(RuleBasedStateMachine):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        root = Path(self.folder.name)
        self.path, self.copy = root / "outbox.db", root / "copy.db"
        self.engine = engine_for(f"sqlite:///{root / 'hub.db'}")
        make_tables(self.engine)
        with Session(self.engine) as session:
            filing = Filing(
                "站", "Station", "anhui_2024", BEGAN - timedelta(days=400), opening=Opening(start="00:00", end="24:00")
            )
            self.station = stations.add(session, filing, lambda key: key, Random(1).randbytes).station.id
            session.commit()
        self.chance = Random(2)
        self.outbox = self._open()
        self.now = BEGAN
        self.ahead = timedelta()
        self.boot = 1
        self.wrong = False
        self.connection = 0
        self.number = 0
        self.seen = Seen()
        """What the hub owes. A fact of an outbox that was wiped before it was sent is in `asked` only."""
        self.copied: set[str] = set()
        self.has_copy = False
        self.way_up: list[Arrived] = []
        self.way_down: list[list[str]] = []

    def _open(self) -> Outbox:
        return Outbox(self.path, chance=self.chance.randbytes)

    def stamp(self) -> Stamp:
        uptime = (self.now - BEGAN).total_seconds() + 1000
        clock = ClockQuality.WRONG if self.wrong else ClockQuality.PLAUSIBLE
        at = datetime(1970, 1, 1, tzinfo=UTC) + (self.now - BEGAN) if self.wrong else self.now + self.ahead
        return Stamp(at, f"boot-{self.boot}", uptime, clock)

    # What happens at the station.

    @rule(count=st.integers(1, 12))
    def measure(self, count: int) -> None:
        """Nothing is judged under a wrong clock."""
        if self.wrong:
            return
        for _ in range(count):
            self._put(measured(7, self.number, BEGAN - timedelta(days=300)))
            self.number += 1

    @rule(count=st.integers(1, 5))
    def people_speak(self, count: int) -> None:
        for _ in range(count):
            self.number += 1
            self._put([words(7, self.number, sorted(self.seen.of("checkin")))])

    def _put(self, facts: list[Fact]) -> None:
        stamp = self.stamp()
        ids = self.outbox.put_all([(fact, stamp) for fact in facts])
        for id_, fact in zip(ids, facts, strict=True):
            # A later revision stands for the earlier ones: they need not be sent.
            told = {other for other in self.seen.kept if thing(self.seen.asked[other]) == thing(fact) is not None}
            self.seen.kept -= told
            self.seen.asked[id_] = fact
            self.seen.kept.add(id_)

    @rule(lane=st.sampled_from(["now", "later"]), limit=st.sampled_from([1, 7, 500]))
    def send(self, lane: Lane, limit: int) -> None:
        self._send(lane, limit)

    def _send(self, lane: Lane, limit: int = 500) -> bool:
        stamp = self.stamp()
        records = self.outbox.take(lane, stamp, limit=limit)
        if not records:
            return False
        self.way_up.append(self._arrived(lane, records, stamp))
        return True

    def _arrived(self, lane: Lane, records: list[Record], stamp: Stamp) -> Arrived:
        sent = Envelope(
            id=self.chance.randbytes(8).hex(),
            station=self.station,
            boot=stamp.boot,
            connection=self.connection,
            clock=stamp.clock,
            sent_at=stamp.at,
            lowest=self.outbox.lowest(),
            records=records,
        )
        topic = topics.up_now(self.station) if lane == "now" else topics.up_later(self.station)
        return Arrived(topic, sent.model_dump_json().encode(), self.now)

    @rule()
    def agent_is_killed(self) -> None:
        """What was under way may still arrive."""
        self.outbox.close()
        self.outbox = self._open()
        self.connection += 1

    @rule()
    def power_goes(self) -> None:
        self.agent_is_killed()
        self.boot += 1
        self.wrong = False

    @rule()
    def reboot_in_1970(self) -> None:
        self.power_goes()
        self.wrong = True

    @rule(hours=st.integers(-30, 30))
    def clock_is_set(self, hours: int) -> None:
        self.wrong = False
        self.ahead = timedelta(hours=hours)

    @rule()
    def card_is_copied(self) -> None:
        self.outbox.close()
        shutil.copy(self.path, self.copy)
        self.outbox = self._open()
        self.copied = set(self.seen.kept)
        self.has_copy = True

    @precondition(lambda self: self.has_copy)
    @rule()
    def copy_is_restored(self) -> None:
        """What the box held and nobody had, went with it."""
        self._outbox_is_gone()
        shutil.copy(self.copy, self.path)
        self.outbox = self._open()

    @rule()
    def outbox_is_wiped(self) -> None:
        self._outbox_is_gone()
        self.outbox = self._open()

    def _outbox_is_gone(self) -> None:
        held = {id_ for id_, _ in self._held()}
        self.outbox.close()
        self.seen.kept -= held
        for name in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                self.path.with_name(self.path.name + name).unlink()

    # What happens on the way.

    @rule(
        pick=st.randoms(use_true_random=False),
        count=st.integers(1, 6),
        again=st.booleans(),
        fails=st.sampled_from(["", "before", "after"]),
    )
    def deliver(self, pick: Random, count: int, again: bool, fails: str) -> None:
        """Any of them, in any order, some twice; the hub dies before its commit, or after it and before its answer."""
        batch = pick.sample(self.way_up, min(count, len(self.way_up)))
        if not batch:
            return
        if fails == "before":
            self._refuse(batch)
            return
        if not again:
            self.way_up = [one for one in self.way_up if one not in batch]
        replies, _ = take_in(self.engine, [Arrived(one.topic, one.payload, self.now) for one in batch], self.now)
        assert all(reply.committed or reply.quarantined for reply in replies)
        if fails != "after":
            self.way_down += [[*reply.committed, *reply.quarantined] for reply in replies]

    def _refuse(self, batch: list[Arrived]) -> None:
        """The database is full: SQLite says so itself, and nothing is answered."""
        with self.engine.connect() as only:
            pages = only.exec_driver_sql("PRAGMA page_count").scalar_one()
            only.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with suppress(OperationalError):
            take_in(self.engine, [Arrived(one.topic, one.payload, self.now) for one in batch], self.now)
        with self.engine.connect() as only:
            only.exec_driver_sql("PRAGMA max_page_count=1073741823")

    @rule(pick=st.randoms(use_true_random=False))
    def way_loses(self, pick: Random) -> None:
        if self.way_up:
            self.way_up.pop(pick.randrange(len(self.way_up)))

    @rule(pick=st.randoms(use_true_random=False), lost=st.booleans())
    def answer(self, pick: Random, lost: bool) -> None:
        if self.way_down:
            ids = self.way_down.pop(pick.randrange(len(self.way_down)))
            if not lost:
                self.outbox.forget(ids)

    @rule(seconds=st.sampled_from([1, 20, 200, 4000]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    # What must be so once everything is calm.

    def teardown(self) -> None:
        try:
            self._drain()
            found = balance(self.engine, self.station, self.seen, self.now)
            assert found.agrees, str(found)
        finally:
            self.outbox.close()
            self.engine.dispose()
            self.folder.cleanup()

    def _drain(self) -> None:
        self.wrong, self.ahead = False, timedelta()
        for _ in range(200):
            sent = [self._send(lane) for lane in ("now", "later")]
            batch, self.way_up = self.way_up, []
            replies, _ = take_in(self.engine, batch, self.now)
            for reply in replies:
                self.outbox.forget([*reply.committed, *reply.quarantined])
            if not any(sent):
                break
        assert self._held() == [], f"never sent: {self._held()[:3]}"

    def _held(self) -> list[tuple[str, str]]:
        """Id and type of what lies in the outbox, by another connection."""
        with closing(sqlite3.connect(self.path)) as file:
            return file.execute("SELECT id, type FROM item").fetchall()
