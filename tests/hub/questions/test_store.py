"""Questions as they are stored: in every order the same, answered from both sides, each answer once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from hub.accounts.tables import User
from hub.database import engine_for
from hub.feedback.tables import StatementRow
from hub.health import store as health
from hub.health.tables import ProfileRow
from hub.ingest import take_in
from hub.questions import store
from hub.questions.asked import Asked, Refusal
from hub.questions.tables import QuestionRow
from hub.stations.tables import Facility
from shared.records import Question, Record, Retraction, Statement
from tests.databases import Databases, make_tables
from tests.hub.conftest import register
from tests.hub.said import NOW, arrived, new_id, profile, question, record

IDS = [new_id() for _ in range(3)]
KINDS = ["air_conditioner-1", "microwave-1"]


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """A revision says one thing, so the rest of it follows from id and revision."""
    id_, revision = draw(st.sampled_from(IDS)), draw(st.integers(1, 4))
    closed = NOW - timedelta(minutes=5 - revision) if revision % 2 == 0 else None
    facility = KINDS[IDS.index(id_) % 2]
    return question(question=id_, revision=revision, closed_at=closed, facility=facility)


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[Record], list[Record]]:
    """What was said, and the same as it may arrive: in another order, with repetitions."""
    asked = {(one.question, one.revision): one for one in draw(st.lists(questions(), max_size=8))}
    limits = draw(st.lists(st.tuples(st.integers(0, 5), st.floats(1, 20)), max_size=6))
    said = [
        *(record(one) for one in asked.values()),
        *(record(profile(limit=limit), NOW - timedelta(minutes=minutes)) for minutes, limit in limits),
        *(
            record(Statement(question=id_, facility=KINDS[0], answer=answer, by="attendant"))
            for id_, answer in draw(st.sets(st.tuples(st.sampled_from(IDS), st.sampled_from(["yes", "no"]))))
        ),
    ]
    again = draw(st.lists(st.sampled_from(said), max_size=8)) if said else []
    return said, draw(st.permutations(said + again))


@pytest.fixture(scope="module")
def hub(databases: Databases) -> Iterator[Engine]:
    with databases.fresh() as url:
        engine = engine_for(url)
        make_tables(engine)
        yield engine
        engine.dispose()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stories(), st.integers(1, 7))
def test_questions_answers_and_profiles_are_the_same_however_they_came(
    hub: Engine, story: tuple[list[Record], list[Record]], batch: int
) -> None:
    said, came = story
    station = register(hub)
    own = {id_: new_id() for id_ in IDS}
    names: dict[str, str] = {}

    def here(one: Record) -> Record:
        """The same of a station of its own: records are known by their ids."""
        fact = one.fact
        if isinstance(fact, Question | Statement):
            fact = fact.model_copy(update={"question": own[fact.question]})
        return one.model_copy(update={"id": names.setdefault(one.id, new_id()), "fact": fact})

    told = [here(one) for one in said]
    messages = [arrived(station, here(one)) for one in came]
    for index in range(0, len(messages), batch):
        replies, _ = take_in(hub, messages[index : index + batch], NOW)
        assert not any(reply.quarantined for reply in replies)
    with Session(hub) as session:
        for id_ in IDS:
            expected = [one.fact for one in told if isinstance(one.fact, Question) and one.fact.question == own[id_]]
            row = session.get(QuestionRow, (station, own[id_]))
            newest = max(expected, key=lambda fact: fact.revision, default=None)
            assert (row and (row.revision, row.closed_at)) == (newest and (newest.revision, newest.closed_at))
            answers = sum(isinstance(one.fact, Statement) and one.fact.question == own[id_] for one in told)
            asked = store.get(session, station, own[id_])
            assert asked is None or len(asked.answers) == answers
        profiles = [one for one in told if one.fact.type == "profile"]
        last = max(profiles, key=lambda one: (one.at, one.id), default=None)
        kept = health.profile(session, station, "fridge-1")
        assert (kept and kept.record) == (last and last.id)


def test_an_undated_question_or_profile_is_kept_as_bytes(engine: Engine, station: str) -> None:
    replies, _ = take_in(engine, [arrived(station, record(question(), None), record(profile(), None))], NOW)
    assert len(replies[0].quarantined) == 2
    with Session(engine) as session:
        assert not session.exec(select(QuestionRow)).all()
        assert not session.exec(select(ProfileRow)).all()


def answer(
    engine: Engine, station: str, asked: Question, choice: str, name: str = "王芳", after_min: float = 1
) -> object:
    with Session(engine) as session:
        found = store.get(session, station, asked.question)
        assert found is not None
        user = User(name=name, password_hash="-", role="maintainer", created_at=NOW, everywhere=True)
        refused = store.answer(session, found, choice, user, NOW + timedelta(minutes=after_min), b"0123456789")
        session.commit()
        return refused


def found(engine: Engine, station: str, asked: Question) -> Asked:
    with Session(engine) as session:
        one = store.get(session, station, asked.question)
        assert one is not None
        return one


def test_an_answer_on_the_page_becomes_a_statement_once(engine: Engine, station: str) -> None:
    asked = question()
    take_in(engine, [arrived(station, asked)], NOW)
    assert answer(engine, station, asked, "no") is None
    assert answer(engine, station, asked, "no", after_min=2) is None
    (said,) = found(engine, station, asked).answers
    assert (said.answer, said.by, said.who, said.at) == ("no", "maintainer", "王芳", NOW + timedelta(minutes=1))
    with Session(engine) as session:
        (row,) = session.exec(select(StatementRow)).all()
        assert row.id[14] == "7"
        assert (row.station, row.facility, row.undated) == (station, "air_conditioner-1", False)


def test_two_answers_are_both_kept_and_the_latest_counts(engine: Engine, station: str) -> None:
    asked = question()
    kiosk = Statement(question=asked.question, facility=asked.facility, answer="yes", by="attendant")
    take_in(engine, [arrived(station, asked, record(kiosk, NOW + timedelta(minutes=1)))], NOW)
    answer(engine, station, asked, "no")
    answer(engine, station, asked, "yes", "李强", after_min=3)
    assert [(one.answer, one.who) for one in found(engine, station, asked).answers] == [
        ("yes", "李强"),
        ("no", "王芳"),
        ("yes", None),
    ]


def test_an_answer_taken_back_at_the_station_no_longer_answers(engine: Engine, station: str) -> None:
    asked = question()
    said = record(Statement(question=asked.question, facility=asked.facility, answer="no", by="attendant"))
    take_in(engine, [arrived(station, asked, said)], NOW)
    assert not found(engine, station, asked).waiting
    take_in(engine, [arrived(station, Retraction(of=said.id))], NOW)
    assert found(engine, station, asked).waiting


def test_a_closed_question_takes_no_answer(engine: Engine, station: str) -> None:
    asked = question()
    closed = asked.model_copy(update={"revision": 2, "closed_at": NOW})
    take_in(engine, [arrived(station, closed), arrived(station, asked)], NOW)
    assert answer(engine, station, asked, "no") is Refusal.CLOSED
    assert found(engine, station, asked).answers == ()


@pytest.fixture
def on_disk(tmp_path: Path, databases: Databases) -> Iterator[Engine]:
    """In memory all threads would share one connection."""
    with databases.fresh(tmp_path / "hub.db") as url:
        engine = engine_for(url)
        yield engine
        engine.dispose()


def test_two_taps_at_once_are_one_answer(on_disk: Engine) -> None:
    engine = on_disk
    make_tables(engine)
    station, asked, together = register(engine), question(), Barrier(4)
    take_in(engine, [arrived(station, asked)], NOW)

    def tap(chance: int) -> None:
        with Session(engine) as session:
            one = store.get(session, station, asked.question)
            assert one is not None
            user = User(name="王芳", password_hash="-", role="maintainer", created_at=NOW, everywhere=True)
            together.wait()
            store.answer(session, one, "no", user, NOW, bytes([chance] * 10))
            session.commit()

    taps = [Thread(target=tap, args=(chance,)) for chance in range(4)]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    assert len(found(engine, station, asked).answers) == 1


def test_only_facilities_that_stand_ask(engine: Engine, station: str) -> None:
    stands, gone = question(), question(facility="microwave-1")
    take_in(engine, [arrived(station, stands, gone)], NOW)
    with Session(engine) as session:
        session.add(
            Facility(station=station, id=stands.facility, kind="air_conditioner", label_zh="空调", label_en="AC")
        )
        session.commit()
        assert [one.id for one in store.open_at(session, station)] == [stands.question]
