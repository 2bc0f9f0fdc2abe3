"""The story of a message: what is acknowledged is there, once, whatever arrives in whatever order."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from hub import metrics
from hub.alerts.tables import Alert
from hub.checkins.tables import CheckInRow
from hub.feedback.tables import FaultReportRow, FeedbackRow, StatementRow
from hub.health.tables import HourRow, ProfileRow, ProofRow, SpellRow
from hub.ingest import answer, ingest, take_in
from hub.line import Arrived
from hub.quarantine import envelope_again
from hub.questions.tables import QuestionRow
from hub.stations import store as stations
from hub.stations.tables import Station
from hub.telemetry import store as telemetry
from hub.telemetry.tables import CountRow, GapRow, Heard, QuarantineRow, QuarterRow
from shared import topics
from shared.envelope import Ack, StationState
from shared.records import (
    CheckIn,
    Count,
    Fact,
    FaultReport,
    Feedback,
    Figure,
    Gap,
    Proof,
    Quarter,
    Retraction,
    Statement,
    StationFacts,
    WiredFacility,
)
from shared.states import Grade, State
from shared.text import Text
from tests.hub.conftest import register
from tests.hub.said import NOW, arrived, envelope, minute, new_id, profile, question, record, spell

FACTS: dict[type[SQLModel], Fact] = {
    HourRow: minute(fridge_1=State.OK),
    QuarterRow: Quarter(start=NOW, figures=[Figure(facility="fridge-1", quantity="power", n=3, low=1, mean=2, high=3)]),
    CountRow: Quarter(start=NOW, counts=[Count(facility="entrance-1", entered=3, left=2)]),
    SpellRow: spell(),
    ProofRow: Proof(facility="microwave-1", rule="MW1", rule_version=1, grade=Grade.E3, proved_at=NOW),
    CheckInRow: CheckIn(occupation="courier"),
    FeedbackRow: Feedback(score=4, tags=["clean"]),
    FaultReportRow: FaultReport(subject="door", problem="other"),
    StatementRow: Statement(question="AC6", facility="air_conditioner-1", answer="off", by="kiosk"),
    GapRow: Gap(revision=1, counts={"quarter": 200}),
    QuestionRow: question(),
    ProfileRow: profile(),
}


T = TypeVar("T", bound=SQLModel)


def rows(engine: Engine, model: type[T]) -> Sequence[T]:
    with Session(engine) as session:
        return session.exec(select(model)).all()


@pytest.mark.parametrize("model", FACTS, ids=lambda model: model.__name__)
def test_every_fact_becomes_one_row_however_often_it_comes(engine: Engine, station: str, model: type[SQLModel]) -> None:
    message = arrived(station, FACTS[model])
    for batch in ([message, message], [message]):
        replies, _ = take_in(engine, batch, NOW)
        assert [len(reply.committed) for reply in replies] == [1] * len(batch)
    assert len(rows(engine, model)) == 1
    assert not rows(engine, QuarantineRow)


def test_the_wiring_a_station_tells_becomes_its_facilities_and_older_wiring_changes_nothing(
    engine: Engine, station: str
) -> None:
    def facts(*ids: str) -> StationFacts:
        wired = [WiredFacility(id=id_, kind="fridge", label=Text("冰箱", "Fridge"), quantities=[]) for id_ in ids]
        return StationFacts(version="1", facilities=wired, devices=[])

    take_in(engine, [arrived(station, record(facts("fridge-1", "fridge-2"), NOW - timedelta(hours=2)))], NOW)
    take_in(engine, [arrived(station, record(facts("fridge-2"), NOW - timedelta(hours=1)))], NOW)
    take_in(engine, [arrived(station, record(facts("fridge-1"), NOW - timedelta(hours=3)))], NOW)
    with Session(engine) as session:
        assert [facility.id for facility in stations.facilities(session, station)] == ["fridge-2"]


def test_a_larger_quarter_replaces_and_a_smaller_one_does_not(engine: Engine, station: str) -> None:
    def quarter(n: int) -> Quarter:
        return Quarter(start=NOW, figures=[Figure(facility="fridge-1", quantity="power", n=n, low=0, mean=n, high=n)])

    for n in (3, 9, 5):
        take_in(engine, [arrived(station, quarter(n))], NOW)
    with Session(engine) as session:
        told = telemetry.series(session, station, "fridge-1", "power", NOW, NOW + timedelta(minutes=15))
    assert [(row.start, row.n, row.low, row.mean, row.high) for row in told] == [(NOW, 9, 0, 9, 9)]


def test_the_highest_revision_of_a_spell_stands(engine: Engine, station: str) -> None:
    id_ = new_id()
    take_in(engine, [arrived(station, spell(spell=id_, revision=3, until=NOW))], NOW)
    take_in(engine, [arrived(station, spell(spell=id_, revision=1), spell(spell=id_, revision=2))], NOW)
    assert [(row.revision, row.until) for row in rows(engine, SpellRow)] == [(3, NOW)]


@pytest.mark.parametrize("in_one_batch", [True, False])
@pytest.mark.parametrize("ended_first", [True, False])
def test_of_one_revision_said_in_two_ways_the_one_that_ended_stands(
    engine: Engine, station: str, ended_first: bool, in_one_batch: bool
) -> None:
    """As a station says it that lost power and went on from an older memory."""
    id_ = new_id()
    said = [spell(spell=id_, revision=2), spell(spell=id_, revision=2, until=NOW)]
    messages = [arrived(station, one) for one in (reversed(said) if ended_first else said)]
    for batch in [messages] if in_one_batch else [[message] for message in messages]:
        take_in(engine, batch, NOW)
    assert [row.until for row in rows(engine, SpellRow)] == [NOW]


def test_the_larger_count_of_a_quarter_hour_stands_within_one_batch_too(engine: Engine, station: str) -> None:
    start = NOW - timedelta(minutes=15)
    fewer, more = (
        Quarter(start=start, counts=[Count(facility="entrance-1", entered=entered, left=left)])
        for entered, left in ((5, 0), (4, 10))
    )
    take_in(engine, [arrived(station, fewer), arrived(station, more)], NOW)
    assert [(row.entered, row.left) for row in rows(engine, CountRow)] == [(4, 10)]


def test_who_passed_without_direction_counts_towards_the_larger(engine: Engine, station: str) -> None:
    start = NOW - timedelta(minutes=15)
    seen = Count(facility="entrance-1", entered=1, left=2, undirected=9, occupancy=3, quality="suspect")
    for count in (
        Count(facility="entrance-1", entered=5, left=5),
        seen,
        Count(facility="entrance-1", entered=6, left=5),
    ):
        take_in(engine, [arrived(station, Quarter(start=start, counts=[count]))], NOW)
    (row,) = rows(engine, CountRow)
    assert (row.entered, row.left, row.undirected, row.occupancy, row.quality) == (1, 2, 9, 3, "suspect")


def test_more_words_of_people_than_a_statement_takes_values(engine: Engine, station: str) -> None:
    connection = engine.raw_connection().driver_connection
    if isinstance(connection, sqlite3.Connection):
        connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 1000)
    words = [record(CheckIn(occupation="courier")) for _ in range(1200)]
    batch = [arrived(station, *words[first : first + 400]) for first in range(0, 1200, 400)]
    take_in(engine, [*batch, arrived(station, Retraction(of=words[0].id))], NOW)
    assert sorted(row.retracted for row in rows(engine, CheckInRow)) == [*[False] * 1199, True]


def test_a_station_cannot_overwrite_anothers_spell(engine: Engine, station: str) -> None:
    other = register(engine, "别站")
    id_ = new_id()
    take_in(engine, [arrived(station, spell(spell=id_))], NOW)
    take_in(engine, [arrived(other, spell(spell=id_, revision=9, state=State.OK))], NOW)
    assert [(row.station, row.state) for row in rows(engine, SpellRow)] == [(station, "down")]


@pytest.mark.parametrize("undo_first", [True, False])
def test_an_undo_finds_what_it_undoes_in_either_order(engine: Engine, station: str, undo_first: bool) -> None:
    said = record(CheckIn(occupation="courier"))
    undo = record(Retraction(of=said.id))
    for one in (undo, said) if undo_first else (said, undo):
        take_in(engine, [arrived(station, one)], NOW)
    assert [row.retracted for row in rows(engine, CheckInRow)] == [True]


def test_a_station_cannot_undo_what_another_station_said_nor_keep_it_from_undoing_it(
    engine: Engine, station: str
) -> None:
    said = record(Feedback(score=1))
    take_in(engine, [arrived(station, said)], NOW)
    take_in(engine, [arrived(register(engine, "别站"), Retraction(of=said.id))], NOW)
    assert [row.retracted for row in rows(engine, FeedbackRow)] == [False]
    for other in range(6):
        take_in(engine, [arrived(register(engine, f"站{other}"), Retraction(of=said.id))], NOW)
    take_in(engine, [arrived(station, Retraction(of=said.id))], NOW)
    assert [row.retracted for row in rows(engine, FeedbackRow)] == [True]


@pytest.mark.parametrize("at", [None, NOW - timedelta(days=365), NOW + timedelta(minutes=3)])
def test_an_undated_word_is_kept_under_the_time_it_came_and_marked(engine: Engine, station: str, at: datetime) -> None:
    take_in(engine, [arrived(station, record(CheckIn(occupation="courier"), at))], NOW)
    assert [(row.at, row.undated) for row in rows(engine, CheckInRow)] == [(NOW, True)]


def test_undated_minutes_stay_unknown_and_undated_spells_are_kept_as_bytes(engine: Engine, station: str) -> None:
    said = [record(minute(fridge_1=State.OK), None), record(spell(), None)]
    replies, _ = take_in(engine, [arrived(station, *said)], NOW)
    assert replies[0].committed == [said[0].id]
    assert replies[0].quarantined == [said[1].id]
    assert not rows(engine, HourRow)
    assert not rows(engine, SpellRow)
    assert [row.why for row in rows(engine, QuarantineRow)] == ["undated"]


def test_minutes_ahead_of_a_slow_hub_are_kept_and_taken_in_once_its_clock_is_right(
    engine: Engine, station: str
) -> None:
    later = NOW + timedelta(hours=1)
    said = record(minute(later, fridge_1=State.OK), later)
    replies, _ = take_in(engine, [arrived(station, said)], NOW)
    assert replies[0].quarantined == [said.id]
    assert not rows(engine, HourRow)
    (kept,) = rows(engine, QuarantineRow)
    again = envelope_again(kept.station, kept.part, kept.payload, later)
    replies, _ = take_in(engine, [Arrived(kept.topic, again, later)], later, again=True)
    assert replies[0].committed == [said.id]
    assert [row.ok for row in rows(engine, HourRow)] == [1 << later.minute]


def test_a_record_of_an_unknown_type_is_kept_acknowledged_and_takes_no_other_down(engine: Engine, station: str) -> None:
    good = record(minute(fridge_1=State.OK))
    body = json.loads(envelope(station, good).model_dump_json())
    strange = {**body["records"][0], "id": new_id(), "fact": {"type": "hologram", "x": 1}}
    body["records"].append(strange)
    before = metrics.QUARANTINED.labels("bad_record")._value.get()
    replies, _ = take_in(engine, [Arrived(topics.up_now(station), json.dumps(body).encode(), NOW)], NOW)
    assert replies[0].committed == [good.id]
    assert replies[0].quarantined == [strange["id"]]
    kept = rows(engine, QuarantineRow)[0]
    assert json.loads(kept.payload) == strange
    assert kept.station == station
    assert metrics.QUARANTINED.labels("bad_record")._value.get() == before + 1


@pytest.mark.parametrize("spoilt", [{"id": "\ud800"}, {"id": "x" * 3000}, {"\ud800": 1}])
def test_a_record_with_half_a_character_takes_no_other_down(
    engine: Engine, station: str, spoilt: dict[str, object]
) -> None:
    good = record(CheckIn(occupation="courier"))
    parts = json.loads(envelope(station, good, record(CheckIn(occupation="courier"))).model_dump_json())
    parts["records"][1] |= spoilt
    came = Arrived(topics.up_now(station), json.dumps(parts).encode(), NOW)
    replies, _ = take_in(engine, [came], NOW)
    assert [reply.committed for reply in replies] == [[good.id]]
    assert len(answer(replies[0], 0, NOW).model_dump_json()) < 1000
    assert [json.loads(row.payload) for row in rows(engine, QuarantineRow)] == [parts["records"][1]]


def test_a_station_nobody_registered_is_kept_counted_and_acknowledged(engine: Engine, station: str) -> None:
    said = record(minute(fridge_1=State.OK))
    before = metrics.UNKNOWN_STATION._value.get()
    replies, _ = take_in(engine, [arrived("zzzzzzzzzz", said), arrived(station, CheckIn(occupation="courier"))], NOW)
    assert {reply.station: reply.quarantined for reply in replies} == {"zzzzzzzzzz": [said.id], station: []}
    assert metrics.UNKNOWN_STATION._value.get() == before + 1
    assert not rows(engine, HourRow)
    assert len(rows(engine, CheckInRow)) == 1
    assert [row.why for row in rows(engine, QuarantineRow)] == ["unknown station"]


@pytest.mark.parametrize(
    ("payload", "named"),
    [(b"\xff\x00 no JSON", None), (b'{"id": "e-1", "future": 1, "records": [{"id": "r-1"}]}', ["r-1"]), (b"[]", None)],
)
def test_what_is_no_envelope_is_kept_as_bytes(
    engine: Engine, station: str, payload: bytes, named: list[str] | None
) -> None:
    replies, _ = take_in(engine, [Arrived(topics.up_now(station), payload, NOW)] * 2, NOW)
    assert [reply.quarantined for reply in replies] == ([] if named is None else [named, named])
    assert [row.payload for row in rows(engine, QuarantineRow)] == [payload]


@pytest.mark.parametrize("depth", [100, 900, 960, 980, 1000, 5000, 100_000])
@pytest.mark.parametrize("place", ["record", "head", "alone"])
def test_what_is_nested_too_deep_is_kept_as_bytes_and_takes_nothing_down(
    engine: Engine, station: str, depth: int, place: str
) -> None:
    sound = arrived(station, CheckIn(occupation="courier"))
    deep = b"[" * depth + b"]" * depth
    envelope, rest = sound.payload.split(b'"records":[', 1)
    payload = {
        "record": envelope + b'"records":[' + deep + b"," + rest,
        "head": envelope + b'"more":' + deep + b',"records":[' + rest,
        "alone": deep,
    }[place]
    take_in(engine, [Arrived(sound.topic, payload, NOW), arrived(station, CheckIn(occupation="warden"))], NOW)
    said = {row.occupation for row in rows(engine, CheckInRow)}
    assert said in ({"warden"}, {"warden", "courier"} if place == "record" else set())
    assert len(rows(engine, QuarantineRow)) == 1


def test_an_envelope_under_another_stations_topic_is_not_believed(engine: Engine, station: str) -> None:
    other = register(engine, "别站")
    forged = Arrived(topics.up_now(other), arrived(station, CheckIn(occupation="courier")).payload, NOW)
    take_in(engine, [forged], NOW)
    assert not rows(engine, CheckInRow)
    assert len(rows(engine, QuarantineRow)) == 1


def test_what_the_database_refuses_is_set_aside_and_the_rest_of_the_batch_stands(engine: Engine, station: str) -> None:
    refuse = (
        "ALTER TABLE check_in ADD CONSTRAINT refuse CHECK (occupation <> 'poison')"
        if engine.dialect.name == "postgresql"
        else "CREATE TRIGGER refuse BEFORE INSERT ON check_in WHEN NEW.occupation = 'poison' "
        "BEGIN SELECT RAISE(ABORT, 'refused'); END"
    )
    with engine.begin() as connection:
        connection.exec_driver_sql(refuse)
    poison = record(CheckIn(occupation="poison"))
    replies, _ = take_in(engine, [arrived(station, poison), arrived(station, CheckIn(occupation="courier"))], NOW)
    assert [(reply.committed == [], reply.quarantined) for reply in replies] == [(True, [poison.id]), (False, [])]
    assert [row.occupation for row in rows(engine, CheckInRow)] == ["courier"]


def test_an_envelope_is_heard_and_a_stale_last_will_is_not_believed(engine: Engine, station: str) -> None:
    def state(online: bool, connection: int) -> Arrived:
        said = StationState(online=online, boot="boot-1", connection=connection, at=NOW)
        return Arrived(topics.state(station), said.model_dump_json().encode(), NOW)

    take_in(engine, [state(True, 1), arrived(station, CheckIn(occupation="courier")), state(False, 0)], NOW)
    heard = rows(engine, Heard)[0]
    assert (heard.at, heard.online) == (NOW, True)
    take_in(engine, [state(False, 1), Arrived(topics.HUB_STATE, b"{}", NOW)], NOW + timedelta(seconds=1))
    heard = rows(engine, Heard)[0]
    assert (heard.at, heard.online) == (NOW, False)


class FakeLine:
    """A broker that brings given batches, and notes in which order things happen."""

    def __init__(self, engine: Engine, batches: list[list[Arrived]]) -> None:
        self.engine, self.batches = engine, batches
        self.happened: list[tuple[str, int]] = []
        self.acks: list[Ack] = []

    def take(self, limit: int) -> list[Arrived]:
        return self.batches.pop(0)[:limit]

    def waiting(self) -> int:
        return 0

    @property
    def fullness(self) -> float:
        return 0.0

    def say(self, topic: str, payload: str) -> None:
        self.acks.append(Ack.model_validate_json(payload))
        self.happened.append((topic, len(rows(self.engine, CheckInRow))))

    def acknowledge(self, batch: Sequence[Arrived]) -> None:
        self.happened.append(("puback", len(batch)))


def test_the_acknowledgement_follows_the_commit_and_the_brokers_follows_that(engine: Engine, station: str) -> None:
    said = record(CheckIn(occupation="courier"))
    line = FakeLine(engine, [[arrived(station, said)], []])
    ingest(line, engine, lambda: NOW, lambda: bool(line.batches))
    assert line.happened == [(topics.ack(station), 1), ("puback", 1)]
    assert line.acks[0].committed == [said.id]
    assert line.acks[0].time == NOW


def test_a_fault_is_an_alert_as_soon_as_it_is_committed(engine: Engine, station: str) -> None:
    line = FakeLine(engine, [[arrived(station, spell())]])
    ingest(line, engine, lambda: NOW, lambda: bool(line.batches))
    assert [(alert.facility, alert.cause, alert.closed_at) for alert in rows(engine, Alert)] == [
        ("fridge-1", "device_fault", None)
    ]


def test_only_a_backlog_with_more_behind_it_is_asked_to_wait(engine: Engine, station: str) -> None:
    said = CheckIn(occupation="courier")
    batch = [arrived(station, said, lane=lane, held=held) for lane in ("now", "later") for held in (1, 9)]
    replies, _ = take_in(engine, batch, NOW)
    assert [answer(reply, 7, NOW).wait_s for reply in replies] == [0, 0, 0, 7]


def test_a_revoked_station_is_heard_no_more(engine: Engine, station: str) -> None:
    with Session(engine) as session:
        stations.revoke(session, station, NOW)
        session.commit()
    replies, _ = take_in(engine, [arrived(station, CheckIn(occupation="courier"))], NOW)
    assert not replies[0].committed
    assert not rows(engine, CheckInRow)
    assert rows(engine, Station)[0].revoked_at == NOW
