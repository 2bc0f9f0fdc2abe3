"""What holds of an outbox whatever is put: what it gives up, in which order, how it counts, how it dates."""

import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from shared.moment import ClockQuality, Stamp
from shared.outbox import Outbox, OutboxFull
from shared.outbox_rows import WORDS_OF_PEOPLE
from shared.records import CheckIn, Fact, Figure, Gap, Minute, Quarter, Record, Spell, Trace
from shared.states import Cause, Grade, State
from shared.text import Text

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
RIGHT, WRONG = ClockQuality.SYNCED, ClockQuality.WRONG


@contextmanager
def opened(max_bytes: int = 10**8) -> Iterator[Outbox]:
    with tempfile.TemporaryDirectory() as folder:
        outbox = Outbox(Path(folder) / "outbox.db", max_bytes=max_bytes)
        try:
            yield outbox
        finally:
            outbox.close()


def stamp(after_s: float = 0, boot: str = "boot-1", clock: ClockQuality = RIGHT, off_s: float = 0) -> Stamp:
    return Stamp(NOON + timedelta(seconds=after_s + off_s), boot, after_s, clock)


def all_of(outbox: Outbox, now: Stamp) -> list[Record]:
    lanes = [outbox.take(lane, now, limit=10**6, max_bytes=10**9) for lane in ("now", "later")]
    return [record for lane in lanes for record in lane]


def fact(kind: str, n: int) -> Fact:
    match kind:
        case "minute":
            return Minute(minute=NOON + timedelta(minutes=n), states={f"f-{k}": State.OK for k in range(40)})
        case "quarter":
            figures = [Figure(facility="f", quantity="power", n=1, low=n, mean=n, high=n) for _ in range(40)]
            return Quarter(start=NOON + timedelta(minutes=15 * n), figures=figures)
        case "spell":
            trace = Trace(quantity="power", start=NOON, step_s=60, values=[float(n)] * 200)
            return Spell(
                spell=f"0190a000-0000-7000-8000-{n:012x}", revision=1, facility="f", state=State.DOWN, since=NOON,
                confirmed_at=NOON, rule="FR2", rule_version=1, cause=Cause.DEVICE_FAULT, grade=Grade.E2,
                why=Text("热", "hot"), traces=[trace],
            )  # fmt: skip
        case _:
            return CheckIn(occupation="courier")


@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(st.lists(st.tuples(st.sampled_from(["minute", "quarter", "spell", "checkin"]), st.integers(1, 25)), max_size=40))
def test_what_is_held_and_what_the_gap_names_is_what_was_put_and_goes_in_the_designs_order(
    runs: list[tuple[str, int]],
) -> None:
    with opened(max_bytes=260_000) as outbox:
        put, before = Counter[str](), Counter[str]()
        put_minutes: list[datetime] = []
        n = 0
        for kind, count in runs:
            facts = [(fact(kind, n + k), stamp(n + k)) for k in range(count)]
            n += count
            try:
                outbox.put_all(facts)
            except OutboxFull:
                continue
            put[kind] += count
            put_minutes += [one.minute for one, _ in facts if isinstance(one, Minute)]
            held = Counter(one.fact.type for one in all_of(outbox, stamp(10**6)))
            gone = _gone(outbox)
            for type_ in put:
                assert held[type_] + gone[type_] == put[type_]
            assert not gone.keys() & (WORDS_OF_PEOPLE | {"spell"})
            lately, before = gone - before, gone
            if lately["minute"]:
                assert held["quarter"] <= (count if kind == "quarter" else 0)
            if lately["trace"]:
                assert held["minute"] <= (count if kind == "minute" else 0)
            assert outbox.waiting(stamp()).bytes <= 260_000 + 8192
        minutes = [one.fact.minute for one in all_of(outbox, stamp(10**6)) if isinstance(one.fact, Minute)]
        given_up = _gone(outbox)["minute"]
        assert minutes == put_minutes[given_up:]  # from the oldest


def _gone(outbox: Outbox) -> Counter[str]:
    gone: Counter[str] = Counter()
    for one in all_of(outbox, stamp(10**6)):
        if isinstance(one.fact, Gap):
            gone.update(one.fact.counts)
    return gone


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["put", "boot", "right", "wrong"]),
            st.floats(0.1, 10_000),
            st.sampled_from([0.0, -90.0, 3600.0, -40 * 365 * 86_400.0]),
        ),
        max_size=30,
    )
)
def test_a_record_is_dated_by_its_own_boot_or_not_at_all(steps: list[tuple[str, float, float]]) -> None:
    """True time goes on; the station's clock starts in 1970, is stepped to and fro, and may never be right."""
    with opened() as outbox:
        true_s, began_s, boot, clock, off_s = 0.0, 0.0, 0, WRONG, -56 * 365 * 86_400.0
        made: dict[str, tuple[int, float, float | None]] = {}
        righted: set[int] = set()
        seen: dict[str, datetime | None] = {}
        for what, passed_s, step_s in steps:
            true_s += passed_s
            if what == "boot":
                boot, began_s, clock, off_s = boot + 1, true_s, WRONG, -56 * 365 * 86_400.0
            elif what == "right":
                clock, off_s = RIGHT, 0.0
                righted.add(boot)
            elif what == "wrong":
                clock, off_s = WRONG, step_s - 10**6
            now = Stamp(NOON + timedelta(seconds=true_s + off_s), f"boot-{boot}", true_s - began_s, clock)
            if what == "put":
                made[outbox.put(CheckIn(occupation="courier"), now)] = (
                    boot,
                    true_s,
                    None if clock is WRONG else true_s,
                )
            for one in outbox.take("now", now, limit=10**6, max_bytes=10**9):
                own_boot, at_s, known = made[one.id]
                if known is not None or (own_boot in righted and seen.get(one.id, one.at) is not None):
                    assert one.at is not None
                    assert abs((one.at - NOON).total_seconds() - at_s) < 0.001
                else:
                    assert one.at is None
                    assert own_boot != boot
                seen[one.id] = one.at
            waiting_for_time = {id_ for id_, (own, _, known) in made.items() if known is None and own == boot}
            if boot not in righted:
                assert not waiting_for_time & seen.keys()


def test_what_a_later_version_wrote_waits_for_it_through_a_downgrade() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "outbox.db"
        outbox = Outbox(path)
        kept = outbox.put(CheckIn(occupation="courier"), stamp())
        _write_body(path, '{"type": "checkin", "occupation": "courier", "language": "uk"}')
        assert outbox.take("now", stamp()) == []
        assert (outbox.unread(), outbox.waiting(stamp()).now) == (1, 0)
        outbox.close()
        Outbox(path).close()
        again = Outbox(path)
        assert again.unread() == 1
        again.close()
        _write_body(path, '{"type": "checkin", "occupation": "courier"}', table="unread")
        upgraded = Outbox(path)
        assert [one.id for one in upgraded.take("now", stamp())] == [kept]
        assert upgraded.unread() == 0
        assert upgraded.given() >= 1
        upgraded.close()


def _write_body(path: Path, body: str, table: str = "item") -> None:
    db = sqlite3.connect(path)
    db.execute(f"UPDATE {table} SET body = ?", (body,))  # noqa: S608
    db.commit()
    db.close()
