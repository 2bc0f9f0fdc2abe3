"""What is kept of an inspection, and what can no longer be changed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from hub.accounts.tables import User
from hub.health import store as health
from hub.health.facts import profile_row, proof_row
from hub.inspections import evidence_store, log_store, store
from hub.inspections.deeds import Change, Deed
from hub.inspections.refusals import Refusal, Refused
from hub.inspections.sheet import untouched
from hub.inspections.tables import AnswerLog, Inspection
from hub.inspections.workflow import decide
from hub.rulebook import Form, form_for, rulebooks
from hub.stations import store as stations
from hub.trail.append_only import AppendOnly
from shared.records import Proof
from shared.states import Grade
from tests.hub.said import profile


def form() -> Form:
    found = form_for("shanghai_2018", None)
    assert found is not None
    return found


def begun(hub: Any, session: Any) -> Inspection:
    station = stations.get(session, hub.station("fridge-1"))
    assert station is not None
    return store.begin(session, station, form(), by("wang", hub.now), None)


def by(name: str, at: datetime) -> Deed:
    return Deed(User(name=name, role="administrator", password_hash="-"), at, at)


def test_the_head_keeps_what_the_station_was_called_when_it_began(hub: Any) -> None:
    with hub.session() as session:
        row = begun(hub, session)
        station = stations.get(session, row.station)
        assert station is not None
        station.name, station.plaque_number = "改名驿站", "HP-0099"
        session.add(station)
        session.flush()
        head = store.head_of(row)
    assert (head.name.zh, head.number) == ("淮河路驿站", "HP-0042")


def test_an_inspection_keeps_the_edition_it_was_made_with(hub: Any) -> None:
    with hub.session() as session:
        row = begun(hub, session)
        station = stations.get(session, row.station)
        assert station is not None
        station.rulebook, station.rubric = "anhui_2024", None
        session.add(station)
        session.flush()
        head = store.head_of(row)
    assert (head.rulebook.name, head.owner.name, head.adopted) == ("shanghai_2018", "shanghai_2018", False)


def test_the_trail_only_grows(hub: Any) -> None:
    with hub.session() as session:
        row = begun(hub, session)
        session.commit()
        entry = log_store.trail(session, row)[0]
        entry.who = "somebody else"
        session.add(entry)
        with pytest.raises(AppendOnly):
            session.flush()
        session.rollback()
        session.delete(session.get(AnswerLog, entry.id))
        with pytest.raises(AppendOnly):
            session.flush()


def test_two_answers_to_an_untouched_line_are_not_both_kept(hub: Any) -> None:
    with hub.session() as session:
        row = begun(hub, session)
        item = form().rubric.item("clean")
        assert item is not None
        before = untouched(item, submitted=False)
        change = Change("decide", None, "5")
        first = decide(before.line, 5, "wang", hub.now, None, "")
        store.answer(session, row, "clean", before, first, change, by("wang", hub.now))
        second = decide(before.line, 1, "li", hub.now, None, "")
        with pytest.raises(Refused) as caught:
            store.answer(session, row, "clean", before, second, change, by("li", hub.now))
        assert caught.value.refusal is Refusal.CHANGED_MEANWHILE
        kept = store.entries(session, row, form().rubric)["clean"]
    assert (kept.line.points, kept.line.decided_by, kept.version) == (5, "wang", 1)


def test_a_station_has_one_draft_even_where_two_begin_at_once(hub: Any) -> None:
    with hub.session() as session:
        row = begun(hub, session)
        session.add(Inspection(**row.model_dump(exclude={"id"})))
        with pytest.raises(IntegrityError):
            session.flush()


@pytest.mark.parametrize(("replaced_days_ago", "proven"), [(None, True), (3, True), (1, False)])
def test_a_proof_of_the_unit_before_proves_nothing_of_the_one_that_stands_there(
    hub: Any, replaced_days_ago: int | None, proven: bool
) -> None:
    replaced_at = None if replaced_days_ago is None else hub.now - timedelta(days=replaced_days_ago)
    shown = Proof(
        facility="fridge-1", rule="FR0", rule_version=1, grade=Grade.E2, proved_at=hub.now - timedelta(days=2)
    )
    told = profile().model_copy(update={"replaced_at": replaced_at})
    with hub.session() as session:
        station = stations.get(session, hub.station("fridge-1"))
        assert station is not None
        health.put_proofs(session, [proof_row(station.id, "proof-1", shown)])
        health.put_profiles(session, [profile_row(station.id, "profile-1", told, hub.now)])
        (evidence,) = evidence_store.evidence(session, station, rulebooks()["shanghai_2018"], hub.now)["fridge"]
    assert evidence.proven is proven
