"""The outbox keeps what it was given, in its lanes, within its bound."""

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

from shared.choice import Choice
from shared.moment import ClockQuality, Stamp
from shared.outbox import Outbox, OutboxBusy, OutboxFull, RecordTooLarge
from shared.records import (
    CheckIn,
    FaultReport,
    Feedback,
    Gap,
    Minute,
    Profile,
    Quarter,
    Question,
    Record,
    Retraction,
    Spell,
    Threshold,
    Trace,
)
from shared.states import Cause, Grade, State
from shared.text import Text

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


def stamp(after_s: float = 0, clock: ClockQuality = ClockQuality.SYNCED, boot: str = "boot-1") -> Stamp:
    return Stamp(NOON + timedelta(seconds=after_s), boot, 1000 + after_s, clock)


def minute(n: int) -> Minute:
    return Minute(minute=NOON + timedelta(minutes=n), states={"fridge-1": State.OK})


def spell(revision: int, values: int = 0) -> Spell:
    return Spell(
        spell="0190a000-0000-7000-8000-000000000001",
        revision=revision,
        facility="fridge-1",
        state=State.DOWN,
        since=NOON,
        confirmed_at=NOON,
        rule="FR2",
        rule_version=1,
        cause=Cause.DEVICE_FAULT,
        grade=Grade.E2,
        why=Text("箱内过热", "Too warm inside"),
        traces=[Trace(quantity="power", start=NOON, step_s=60, values=[1.0] * values)] if values else [],
    )


def question(revision: int, number: int = 1) -> Question:
    return Question(
        question=f"0190a000-0000-7000-8000-{number:012x}",
        revision=revision,
        facility="microwave-1",
        rule="MW5",
        text=Text("拔了插头还是坏了？", "Unplugged or broken?"),
        choices=[Choice(id="no", label=Text("坏了", "Broken"))],
        asked_at=NOON,
        due=NOON,
    )


def profile(facility: str, value: float) -> Profile:
    source = "s" * 200
    limits = [Threshold(name=f"limit_{n}", value=value, default=0.0, unit="W", source=source) for n in range(20)]
    return Profile(facility=facility, learning_since=NOON, thresholds=limits, baselines=[])


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "outbox.db")


def test_what_was_put_is_taken_until_it_is_forgotten(outbox: Outbox) -> None:
    id_ = outbox.put(CheckIn(occupation="courier"), stamp())
    assert [record.id for record in outbox.take("now", stamp())] == [id_]
    assert [record.id for record in outbox.take("now", stamp())] == [id_]
    outbox.forget([id_])
    assert outbox.take("now", stamp()) == []


def test_the_current_minute_goes_now_and_older_ones_later(outbox: Outbox) -> None:
    for n in range(10):
        outbox.put(minute(n), stamp(60 * n + 61))
    assert [r.fact.minute.minute for r in outbox.take("now", stamp(660)) if isinstance(r.fact, Minute)] == [8, 9]
    assert len(outbox.take("later", stamp(660))) == 8


def test_a_spells_newer_revision_takes_the_place_of_the_older(outbox: Outbox) -> None:
    outbox.put(spell(1), stamp())
    outbox.put(spell(2), stamp(5))
    assert [r.fact.revision for r in outbox.take("now", stamp(9)) if isinstance(r.fact, Spell)] == [2]


def test_a_questions_newer_revision_takes_the_place_of_the_older(outbox: Outbox) -> None:
    outbox.put(question(1), stamp())
    outbox.put(question(1, number=2), stamp())
    outbox.put(question(2), stamp(5))
    taken = [r.fact for r in outbox.take("now", stamp(9)) if isinstance(r.fact, Question)]
    assert [(fact.question[-1], fact.revision) for fact in taken] == [("2", 1), ("1", 2)]


def test_of_the_profiles_of_a_facility_only_the_newest_waits(outbox: Outbox) -> None:
    for value in (1.0, 2.0, 3.0):
        outbox.put_all([(profile("fridge-1", value), stamp()), (profile("outlets-1", value), stamp())])
    taken = [r.fact for r in outbox.take("now", stamp(9)) if isinstance(r.fact, Profile)]
    assert [(fact.facility, fact.thresholds[0].value) for fact in taken] == [("fridge-1", 3.0), ("outlets-1", 3.0)]


def test_a_full_outbox_keeps_every_question_and_every_facilitys_profile(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.db", max_bytes=300_000)
    for n in range(1, 60):
        outbox.put(question(1, n), stamp())
        outbox.put(profile("fridge-1", float(n)), stamp())
        outbox.put_all([(minute(100 * n + m), stamp(n)) for m in range(100)])
    taken = outbox.take("now", stamp(86_400), limit=10**6, max_bytes=10**9)
    counts = {kind: sum(isinstance(r.fact, kind) for r in taken) for kind in (Question, Profile, Gap)}
    assert counts == {Question: 59, Profile: 1, Gap: 1}
    assert [r.fact.counts.keys() for r in taken if isinstance(r.fact, Gap)] == [{"minute"}]


def test_a_record_of_a_wrong_clock_waits_and_is_dated_within_its_boot(outbox: Outbox) -> None:
    wrong = Stamp(datetime(1970, 1, 1, tzinfo=UTC), "boot-1", 10.0, ClockQuality.WRONG)
    outbox.put(CheckIn(occupation="courier"), wrong)
    assert outbox.take("now", Stamp(wrong.at, "boot-1", 20.0, ClockQuality.WRONG)) == []
    (record,) = outbox.take("now", Stamp(NOON, "boot-1", 110.0, ClockQuality.SYNCED))
    assert record.at == NOON - timedelta(seconds=100)


def test_a_record_of_a_boot_that_never_knew_the_time_goes_undated(outbox: Outbox) -> None:
    outbox.put(CheckIn(occupation="courier"), stamp(clock=ClockQuality.WRONG, boot="boot-0"))
    (record,) = outbox.take("now", stamp())
    assert record.at is None


def test_an_envelopes_worth_stays_under_its_size(outbox: Outbox) -> None:
    outbox.put_all([(minute(n), stamp(60 * n)) for n in range(400)])
    taken = outbox.take("later", stamp(86400), max_bytes=10_000)
    assert 0 < len(taken) < 50


def test_a_full_outbox_gives_up_quarters_before_minutes_and_says_so(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.db", max_bytes=400_000)
    quarter = Quarter(start=NOON)
    outbox.put_all([(quarter, stamp()) for _ in range(300)])
    outbox.put_all([(minute(n), stamp()) for n in range(300)])
    for first in range(300, 2300, 100):
        outbox.put_all([(minute(n), stamp()) for n in range(first, first + 100)])
        if any(isinstance(r.fact, Gap) for r in outbox.take("now", stamp(86_400))):
            break
    (gap,) = [r.fact for r in outbox.take("now", stamp(86_400)) if isinstance(r.fact, Gap)]
    assert gap.counts["quarter"] >= 200
    assert "minute" not in gap.counts


def test_what_is_held_and_what_the_gap_names_is_everything_that_was_put(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.db", max_bytes=300_000)
    for first in range(0, 4000, 40):
        outbox.put_all([(minute(n), stamp(n)) for n in range(first, first + 40)])
    held = outbox.waiting(stamp(86_400)).later + outbox.waiting(stamp(86_400)).now
    (gap,) = [r.fact for r in outbox.take("now", stamp(86_400)) if isinstance(r.fact, Gap)]
    assert held - 1 + gap.counts["minute"] == 4000
    assert outbox.waiting(stamp()).bytes <= 300_000


def test_a_gap_that_widens_while_its_record_is_under_way_is_said_again(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.db", max_bytes=300_000)
    put = 0

    def until_it_names_more_than(given_up: int) -> Record:
        nonlocal put
        while True:
            outbox.put_all([(minute(n), stamp(n)) for n in range(put, put + 40)])
            put += 40
            found = [one for one in outbox.take("now", stamp(86_400)) if isinstance(one.fact, Gap)]
            if found and isinstance(found[0].fact, Gap) and found[0].fact.counts["minute"] > given_up:
                return found[0]

    under_way = until_it_names_more_than(0)
    first = outbox.waiting(stamp(86_400))
    while outbox.waiting(stamp(86_400)).later >= first.later:
        outbox.put_all([(minute(n), stamp(n)) for n in range(put, put + 40)])
        put += 40
    outbox.forget([under_way.id])
    (again,) = [one for one in outbox.take("now", stamp(86_400)) if isinstance(one.fact, Gap)]
    waits = outbox.waiting(stamp(86_400))
    assert isinstance(again.fact, Gap)
    assert again.fact.counts["minute"] + waits.later + waits.now - 1 == put
    outbox.forget([again.id])
    assert not [one for one in outbox.take("now", stamp(86_400)) if isinstance(one.fact, Gap)]


def test_the_limit_of_a_record_is_of_bytes(outbox: Outbox) -> None:
    with pytest.raises(RecordTooLarge):
        outbox.put(Feedback(score=1, tags=["不" * 64] * 200), stamp())


def test_a_body_nobody_can_read_holds_up_nothing(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.db")
    outbox.put(Feedback(score=1), stamp())
    readable = outbox.put(CheckIn(occupation="courier"), stamp())
    with sqlite3.connect(tmp_path / "outbox.db") as disk:
        disk.execute('UPDATE item SET body = \'{"type": "feedback", "stars": 5}\' WHERE type = \'feedback\'')
    assert [one.id for one in outbox.take("now", stamp())] == [readable]
    assert outbox.aside() == 1


def test_the_last_tenth_is_for_peoples_words_and_then_put_fails(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.db", max_bytes=250_000)
    with pytest.raises(OutboxFull):
        for n in range(1, 3000):
            outbox.put(spell(1).model_copy(update={"spell": f"0190a000-0000-7000-8000-{n:012x}"}), stamp(n))
    kept = 0
    with pytest.raises(OutboxFull):
        for n in range(2000):
            outbox.put(CheckIn(occupation="courier"), stamp(n))
            kept += 1
    assert kept >= 20
    assert outbox.said_on("checkin", NOON.date()) == kept


def test_evidence_goes_before_the_spell_it_belongs_to(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.db", max_bytes=250_000)
    for n in range(1, 180):
        outbox.put(spell(1, 200).model_copy(update={"spell": f"0190a000-0000-7000-8000-{n:012x}"}), stamp(n))
    spells = [r.fact for r in outbox.take("now", stamp(), max_bytes=10**9) if isinstance(r.fact, Spell)]
    assert len(spells) == 179
    assert any(not spell.traces for spell in spells)


def test_undo_takes_a_check_in_out_of_todays_count(outbox: Outbox) -> None:
    id_ = outbox.put(CheckIn(occupation="courier"), stamp())
    outbox.put(CheckIn(occupation="courier"), stamp(1))
    outbox.put(Retraction(of=id_), stamp(2))
    outbox.forget([id_])
    assert outbox.said_on("checkin", NOON.date()) == 1


def test_what_is_put_again_under_its_id_is_kept_once_though_the_hub_has_it(outbox: Outbox) -> None:
    report, id_ = FaultReport(subject="door", problem="danger", danger=True), "0190a000-0000-7000-8000-00000000000a"
    assert outbox.put_all([(report, stamp())], [id_]) == outbox.put_all([(report, stamp())], [id_]) == [id_]
    assert [record.id for record in outbox.take("now", stamp())] == [id_]
    outbox.forget([id_])
    outbox.put_all([(report, stamp())], [id_])
    assert outbox.take("now", stamp()) == []
    assert outbox.said_on("fault_report", NOON.date()) == 1
    assert outbox.given() == 1


def test_the_reports_that_wait_are_told_without_those_taken_back(outbox: Outbox) -> None:
    report = FaultReport(subject="door", problem="door")
    ids = [outbox.put(report, stamp(n)) for n in range(4)]
    outbox.put(Retraction(of=ids[1]), stamp(9))
    outbox.put(Feedback(score=4), stamp(9))
    outbox.forget([ids[0]])
    assert [(record.id, record.at) for record in outbox.reports()] == [
        (ids[n], NOON + timedelta(seconds=n)) for n in (2, 3)
    ]


def test_a_report_nobody_can_read_hides_no_other(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.sqlite")
    ids = [outbox.put(FaultReport(subject="door", problem="door"), stamp(n)) for n in range(2)]
    with sqlite3.connect(tmp_path / "outbox.sqlite") as db:
        db.execute("UPDATE item SET body = '{' WHERE id = ?", (ids[0],))
    assert [record.id for record in outbox.reports()] == ids[1:]
    outbox.close()


def test_sequence_numbers_are_never_given_twice(outbox: Outbox) -> None:
    assert outbox.lowest() == 1
    outbox.forget([outbox.put(CheckIn(occupation="courier"), stamp())])
    assert outbox.lowest() == 2


def test_a_record_set_aside_holds_up_nothing(outbox: Outbox) -> None:
    id_ = outbox.put(CheckIn(occupation="courier"), stamp())
    outbox.set_aside(id_, "the broker refuses it")
    assert outbox.take("now", stamp(86_400)) == []
    assert outbox.aside() == 1


PUTS_UNTIL_KILLED = """
import sys, time
from pathlib import Path
from threading import Barrier, Thread
from datetime import UTC, datetime
from shared.moment import ClockQuality, Stamp
from shared.outbox import Outbox
from shared.records import CheckIn
outbox = Outbox(Path(sys.argv[1]))
n = 0
while True:
    n += 1
    id_ = outbox.put(CheckIn(occupation="courier"), Stamp(datetime.now(UTC), "b", float(n), ClockQuality.SYNCED))
    print(id_, flush=True)
"""


def test_what_put_returned_survives_kill_9_of_two_writers(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    writers = [
        subprocess.Popen([sys.executable, "-c", PUTS_UNTIL_KILLED, str(path)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said: set[str] = set()
    for writer in writers:
        assert writer.stdout is not None
        for _ in range(40):
            said.add(writer.stdout.readline().strip())
    for writer in writers:
        writer.kill()
        rest, _ = writer.communicate()
        said.update(line for line in rest.split() if len(line) == 36)
    held = {record.id for record in Outbox(path).take("now", stamp(10**9), limit=10**6, max_bytes=10**9)}
    assert said <= held


def test_those_who_open_a_file_that_was_just_made_wait_for_each_other(tmp_path: Path) -> None:
    refused: list[OutboxBusy] = []

    def open_it(path: Path, together: Barrier) -> None:
        together.wait()
        try:
            Outbox(path).close()
        except OutboxBusy as error:
            refused.append(error)

    for number in range(40):
        folder, together = tmp_path / str(number), Barrier(4)
        folder.mkdir()
        openers = [Thread(target=open_it, args=(folder / "outbox.db", together)) for _ in range(4)]
        for opener in openers:
            opener.start()
        for opener in openers:
            opener.join()
    assert refused == []


def test_a_record_is_held_until_it_is_forgotten_and_when_it_is_set_aside(outbox: Outbox) -> None:
    kept, aside = outbox.put(CheckIn(occupation="courier"), stamp()), outbox.put(Feedback(score=1), stamp())
    assert outbox.holds(kept)
    outbox.set_aside(aside, "never got through")
    assert outbox.holds(aside)
    outbox.forget([kept])
    assert not outbox.holds(kept)
    assert not outbox.holds("0190a000-0000-7000-8000-00000000ffff")
