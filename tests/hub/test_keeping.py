"""What has been kept long enough goes, and nothing else does."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from hub import keeping
from hub.alerts.closing import pass_time
from hub.alerts.tables import Alert, AlertEvent
from hub.checkins import store as checkins
from hub.checkins.tables import CheckInCountRow, CheckInRow
from hub.health.tables import HourRow, ProofRow, SpellRow
from hub.ingest import react, take_in
from hub.line import Arrived
from hub.notices.tables import Notice, Road
from hub.overview import store as overview
from hub.quarantine import kept_envelope
from hub.retention import FEWEST, MOST, SLICE_S, Pace
from hub.settings import HubSettings
from hub.stations import store as stations
from hub.telemetry import store as telemetry
from hub.telemetry.quarantine_room import lost, make_room, make_room_of_all
from hub.telemetry.room import OF_ONE, Room, too_many
from hub.telemetry.tables import CountRow, QuarantineRow, QuarterRow
from shared import topics
from shared.opening import whole_hour
from shared.records import CheckIn, Count, Figure, Proof, Quarter, Retraction, Trace
from shared.states import Grade, State
from tests.hub.said import NOW, arrived, minute, record, spell

DAY = timedelta(days=1)


def settings(tmp_path: Path, **more: int) -> HubSettings:
    return HubSettings(folder=tmp_path, **more)


def sweep(engine: Engine, tmp_path: Path, at: datetime, holder: str = "me", **more: int) -> dict[str, int] | None:
    """One round, without its rests."""
    return keeping.sweep(engine, settings(tmp_path, **more), holder, lambda: at, lambda _seconds: False)


def count(engine: Engine, model: type[SQLModel]) -> int:
    with Session(engine) as session:
        return len(session.exec(select(model)).all())


def say_everything(engine: Engine, station: str, at: datetime) -> None:
    """One of each, of that time."""
    trace = Trace(quantity="cabinet_temperature", start=at, step_s=60, values=[13.0, 13.5])
    ended = spell(since=at - timedelta(hours=1), until=at).model_copy(update={"traces": [trace]})
    proof = Proof(facility="fridge-1", rule="P1", rule_version=1, grade=Grade.E3, proved_at=at, values={"power": 80.0})
    quarter = Quarter(
        start=at,
        figures=[Figure(facility="fridge-1", quantity="power", n=9, low=0, mean=1, high=2)],
        counts=[Count(facility="entrance-1", entered=3, left=2, occupancy=1)],
    )
    said = [minute(at, fridge_1=State.OK), ended, proof, quarter, CheckIn(occupation="courier")]
    take_in(engine, [arrived(station, *[record(one, at) for one in said], at=at)], at)


KEPT = {QuarterRow: 400, CountRow: 400, HourRow: 1827, SpellRow: 1827, ProofRow: 1827, CheckInRow: 90}


@pytest.mark.parametrize(("model", "days"), KEPT.items(), ids=lambda one: getattr(one, "__name__", str(one)))
def test_each_is_kept_its_time_and_no_longer(
    engine: Engine, station: str, tmp_path: Path, model: type[SQLModel], days: int
) -> None:
    say_everything(engine, station, NOW)
    for age, there in ((timedelta(0), True), (days * DAY - timedelta(hours=1), True), ((days + 1) * DAY, False)):
        sweep(engine, tmp_path, NOW + age)
        assert (count(engine, model) == 1) is there


def test_an_evidence_window_goes_after_ninety_days_and_the_spell_stays(
    engine: Engine, station: str, tmp_path: Path
) -> None:
    say_everything(engine, station, NOW)
    sweep(engine, tmp_path, NOW + 89 * DAY)
    with Session(engine) as session:
        assert len(session.exec(select(SpellRow)).one().traces) == 1
    assert (sweep(engine, tmp_path, NOW + 91 * DAY) or {})["evidence"] == 1
    with Session(engine) as session:
        row = session.exec(select(SpellRow)).one()
        assert (row.traces, row.state, row.why_en) == ([], "down", "warm")
    assert (sweep(engine, tmp_path, NOW + 92 * DAY) or {})["evidence"] == 0


def test_what_holds_still_or_alarms_somebody_keeps_its_evidence(engine: Engine, station: str, tmp_path: Path) -> None:
    trace = Trace(quantity="power", start=NOW, step_s=60, values=[1.0])
    holds = spell().model_copy(update={"traces": [trace]})
    take_in(engine, [arrived(station, holds)], NOW)
    react(engine, {(station, "fridge-1")}, NOW)
    assert (sweep(engine, tmp_path, NOW + 200 * DAY) or {})["evidence"] == 0
    # It ended, and the alert stands until somebody has reacted.
    over = holds.model_copy(update={"revision": 2, "until": NOW + DAY})
    take_in(engine, [arrived(station, record(over, NOW + DAY))], NOW + DAY)
    assert (sweep(engine, tmp_path, NOW + 200 * DAY) or {})["evidence"] == 0
    react(engine, {(station, "fridge-1")}, NOW + 200 * DAY)
    with Session(engine) as session:
        # Resolved, and not yet closed: a relapse would open it again.
        pass_time(session, NOW + 201 * DAY, 10)
        session.commit()
        assert session.exec(select(Alert)).one().closed_at is not None
    assert (sweep(engine, tmp_path, NOW + 200 * DAY) or {})["evidence"] == 1


def test_old_check_ins_become_numbers_and_the_hours_stay_what_they_were(
    engine: Engine, station: str, tmp_path: Path
) -> None:
    said = [
        record(CheckIn(occupation=occupation), NOW + timedelta(minutes=minutes))
        for occupation in ("courier", "sanitation")
        for minutes in (-200, -190, -130, -10)
    ]
    undone = record(CheckIn(occupation="courier"), NOW - timedelta(minutes=5))
    taken_back = record(Retraction(of=undone.id), NOW)
    take_in(engine, [arrived(station, *said, undone, taken_back)], NOW)
    start, end = whole_hour(NOW) - DAY, whole_hour(NOW) + DAY

    def hours() -> Counter[datetime]:
        with Session(engine) as session:
            return checkins.hourly(session, station, start, end)

    before = hours()
    assert before.total() == 8
    with Session(engine) as session:
        row = stations.get(session, station)
        assert row is not None
        week = overview.week(session, row, NOW)
    # In two rounds, between which a ninth arrives late, of an hour that is counted already.
    sweep(engine, tmp_path, NOW + 92 * DAY)
    assert count(engine, CheckInRow) == 0
    assert hours() == before
    with Session(engine) as session:
        assert [(day.start, day.check_ins) for day in overview.week(session, row, NOW)] == [
            (day.start, day.check_ins) for day in week
        ]
    late = record(CheckIn(occupation="courier"), NOW - timedelta(minutes=10))
    take_in(engine, [arrived(station, late)], NOW + 93 * DAY)
    take_in(engine, [arrived(station, late)], NOW + 94 * DAY)
    after = before + Counter({whole_hour(NOW - timedelta(minutes=10)): 1})
    assert hours() == after
    assert count(engine, CheckInRow) == 1
    sweep(engine, tmp_path, NOW + 200 * DAY)
    assert hours() == after
    with Session(engine) as session:
        assert {(row.occupation, row.method, row.burst) for row in session.exec(select(CheckInCountRow))} == {
            ("courier", "tap", False),
            ("sanitation", "tap", False),
        }


def test_one_keeps_house_at_a_time(engine: Engine, station: str, tmp_path: Path) -> None:
    say_everything(engine, station, NOW)
    later = NOW + 2000 * DAY
    with Session(engine) as session:
        assert telemetry.take_lease(session, keeping.LEASE, "another", later, keeping.LEASE_LENGTH)
        session.commit()
    assert sweep(engine, tmp_path, later) is None
    assert count(engine, HourRow) == 1
    keeping.let_go(engine, "another")
    assert sweep(engine, tmp_path, later) is not None
    assert count(engine, HourRow) == 0


def test_told_to_stop_it_leaves_the_rest_for_the_next_round(engine: Engine, station: str, tmp_path: Path) -> None:
    for back in range(3):
        say_everything(engine, station, NOW - back * DAY)
    later = NOW + 2000 * DAY
    gone = keeping.sweep(engine, settings(tmp_path), "me", lambda: later, lambda _seconds: True)
    assert gone is not None
    assert sum(gone.values()) == gone["evidence"] == 3
    assert count(engine, HourRow) == 3
    sweep(engine, tmp_path, later)
    assert count(engine, HourRow) == 0


@given(st.lists(st.floats(0, 3, allow_nan=False), max_size=60))
def test_slices_stay_within_bounds_and_most_of_the_time_is_the_others(took: list[float]) -> None:
    pace = Pace()
    for seconds in took:
        before = pace.rows
        assert pace.after(seconds) >= 4 * seconds
        assert FEWEST <= pace.rows <= MOST
        assert (pace.rows < before) <= (seconds > SLICE_S)


@given(st.lists(st.integers(0, 100)), st.integers(0, 20), st.integers(0, 300))
def test_what_stays_fits_and_no_more_goes_than_must(sizes: list[int], rows: int, size: int) -> None:
    room = Room(rows, size)
    going = too_many(sizes, room)
    assert len(sizes[going:]) <= rows
    assert sum(sizes[going:]) <= size
    assert not going or len(sizes[going - 1 :]) > rows or sum(sizes[going - 1 :]) > size


def noise(engine: Engine, station: str, number: int, at: datetime = NOW) -> None:
    with Session(engine) as session:
        for index in range(number):
            payload = f"{station}{index}".encode().ljust(100, b".")
            at_ = at + timedelta(seconds=index)
            telemetry.quarantine(session, [kept_envelope(f"waystation/1/{station}/up/now", payload, "no JSON", at_)])
        session.commit()


def held(engine: Engine) -> Counter[str]:
    with Session(engine) as session:
        return Counter(session.exec(select(QuarantineRow.station)))


def test_a_noisy_station_loses_its_oldest_and_nobody_elses(engine: Engine) -> None:
    noise(engine, "loud000000", 10)
    noise(engine, "quiet00000", 2)
    with Session(engine) as session:
        assert make_room(session, {"loud000000", "quiet00000"}, NOW, Room(rows=8, size=450)) == 6
        session.commit()
        oldest = min(session.exec(select(QuarantineRow.at).where(QuarantineRow.station == "loud000000")))
        assert oldest == NOW + timedelta(seconds=6)
        assert [(row.station, row.number, row.size) for row in lost(session)] == [("loud000000", 6, 600)]
    assert held(engine) == {"loud000000": 4, "quiet00000": 2}


@pytest.mark.parametrize("room", [Room(rows=9, size=10**6), Room(rows=100, size=900)], ids=["rows", "bytes"])
def test_when_all_is_full_the_noisiest_goes_first(engine: Engine, room: Room) -> None:
    for station, number in (("loud000000", 10), ("louder0000", 12), ("quiet00000", 2)):
        noise(engine, station, number)
    with Session(engine) as session:
        rounds = [make_room_of_all(session, NOW, 4, room) for _ in range(9)]
        session.commit()
    assert sum(rounds) == 15
    assert max(rounds) <= 4
    assert rounds[-1] == 0
    assert held(engine)["quiet00000"] == 2
    assert abs(held(engine)["loud000000"] - held(engine)["louder0000"]) <= 4


def test_ingest_itself_keeps_a_flood_within_its_room(engine: Engine, station: str) -> None:
    for first in range(0, OF_ONE.rows + 100, 300):
        flood = [Arrived(topics.up_now(station), f"{first + index}".encode(), NOW) for index in range(300)]
        take_in(engine, flood, NOW)
    assert held(engine)[station] == OF_ONE.rows
    with Session(engine) as session:
        assert [row.number for row in lost(session)] == [100]


def test_a_notice_goes_with_its_receipt_after_four_hundred_days_and_its_alert_stays(
    engine: Engine, tmp_path: Path
) -> None:
    with Session(engine) as session:
        alert = Alert(
            station="k3v9x2m7qa", cause="device_fault", severity="high", opened_at=NOW, first_symptom_at=NOW,
            rule="FR2", why_zh="", why_en="",
        )  # fmt: skip
        road = Road(name="值班群", kind="wecom", sealed=b"", shown="", created_at=NOW)
        session.add_all([alert, road])
        session.flush()
        event = AlertEvent(
            alert=alert.id or 0, station=alert.station, at=NOW, what="opened", severity="high", zh="", en=""
        )
        session.add(event)
        session.flush()
        session.add(
            Notice(
                event=event.id or 0, road=road.id or 0, alert=alert.id or 0, what="opened", severity="high",
                state="done", created_at=NOW, due=NOW,
            )
        )  # fmt: skip
        session.commit()
    sweep(engine, tmp_path, NOW + 399 * DAY)
    assert count(engine, Notice) == 1
    assert (sweep(engine, tmp_path, NOW + 401 * DAY) or {})["notice"] == 1
    assert (count(engine, Notice), count(engine, AlertEvent), count(engine, Road)) == (0, 1, 1)
