"""What proposals rest on, from the database: the evidence of a station's facilities, and the proposals made of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from hub.alerts.tables import Alert
from hub.feedback import store as feedback
from hub.health import store as health
from hub.health.present import standing as standing_of
from hub.inspections.assembly import Fitted, Present, gather
from hub.inspections.evidence import Evidence, Proven, Reported, Tried, TwoBoxes
from hub.inspections.prefill import ItemProposal, best_of, propose
from hub.inspections.sheet import by_hand
from hub.inspections.stored import NOTHING, asked_now, proven, recorded, reported_by_people, said_by_people
from hub.inspections.tables import Inspection
from hub.inspections.three_minutes import Done
from hub.inspections.windows import modes_of_season, policy_of, window_for
from hub.questions import store as questions
from hub.rulebook import Rulebook, rulebooks
from hub.stations import store as stations
from hub.stations.tables import Facility, Station
from hub.telemetry import boots
from hub.telemetry.twins import within
from shared.facility import kinds
from shared.opening import Opening
from shared.states import State
from shared.text import Text

NOT_PROVIDED = ("provided", "no")
"""Question and answer by which a person confirms that a facility is not there (health.md B3 R0)."""


def concluded_at(session: Session, station: str, but: int | None = None) -> datetime | None:
    """When the station's last inspection was submitted, other than `but`. None: never."""
    query = select(Inspection.submitted_at).where(
        Inspection.station == station,
        col(Inspection.submitted_at).is_not(None),
        col(Inspection.returned_at).is_(None),
        col(Inspection.id) != (but or 0),
    )
    return session.exec(query.order_by(col(Inspection.submitted_at).desc()).limit(1)).first()


def proposals(
    session: Session,
    station: Station,
    rubric: str,
    now: datetime,
    but: int | None = None,
    tests: Sequence[Done] = (),
) -> dict[str, ItemProposal]:
    """What is proposed now for every line equipment stands behind, with the 3-minute `tests` made so far.

    The window begins after the last inspection other than `but`, the one being filled in.
    """
    book = rulebooks()[rubric]
    policy = policy_of(book)
    by_kind = evidence(session, station, book, now, but)
    return {
        item.key: best_of(
            [propose(_tested(one, tests), policy, now, item.points) for one in by_kind.get(item.kind or "", [])],
            item.points,
            now,
        )
        for item in (book.rubric.items() if book.rubric else ())
        if not by_hand(item)
    }


def _tested(evidence: Evidence, tests: Sequence[Done]) -> Evidence:
    """With the test of this facility. Its proof may be of the running minute, which no window has yet."""
    test = next((one for one in tests if one.facility == evidence.facility), None)
    if test is None:
        return evidence
    proof = Proven(test.rule, test.grade, test.mode, test.at)
    others = tuple(one for one in evidence.proofs if (one.rule, one.at) != (test.rule, test.at))
    said = Tried(test.at, test.by, test.rule, test.passed, test.why)
    return replace(evidence, proofs=(proof, *others) if test.passed else others, tested=said)


def evidence(
    session: Session, station: Station, rulebook: Rulebook, now: datetime, but: int | None = None
) -> dict[str, list[Evidence]]:
    """What the proposals of a station rest on now, by kind; a kind of which nothing stands there is absent.

    `rulebook` is the edition whose rubric is filled in.
    """
    window = window_for(now, station.commissioned_at, concluded_at(session, station.id, but), policy_of(rulebook))
    opening = Opening.of(station.opening)
    removed = _not_provided(session, station, now)
    around = health.windows(session, station.id, window.start, window.end, opening)
    present = {
        standing.facility: Present(standing.state, standing.since, standing.data_age_s)
        for standing in standing_of(session, station.id, now)
    }
    asked = asked_now(questions.open_at(session, station.id))
    words = feedback.statements(session, station.id, window.start, now)
    said = said_by_people(words, questions.named(session, station.id, {row.question for row in words}))
    standing_there = stations.facilities(session, station.id)
    reports = _reports(session, station.id, window.start, now, {one.id: one.kind for one in standing_there})
    modes = modes_of_season(now, rulebook)
    replaced = health.replaced(session, station.id)
    spoke = within(boots.twins_of(session, station.id), window.start, window.end)
    two_boxes = None if spoke is None else TwoBoxes(spoke.since, spoke.until)
    found: dict[str, list[Evidence]] = {}
    for facility in standing_there:
        kind = kinds().get(facility.kind)
        if kind is None or not kind.scored:
            continue
        stored = around.get(facility.id, NOTHING)
        shown = _last_proven(session, facility, modes if kind.seasonal else frozenset())
        found.setdefault(facility.kind, []).append(
            gather(
                Fitted(
                    facility.id,
                    kind,
                    Text(facility.label_zh, facility.label_en),
                    frozenset(facility.quantities),
                    removed.get(facility.id),
                ),
                window,
                opening,
                recorded(
                    stored,
                    shown,
                    asked.get(facility.id, []),
                    said.get(facility.id, []),
                    reports.get(facility.id, []),
                    replaced.get(facility.id),
                ),
                present.get(facility.id, Present(State.UNKNOWN, None, None)),
                modes,
                station.history_until,
                two_boxes,
            )
        )
    return found


def _reports(
    session: Session, station: str, start: datetime, end: datetime, kinds_of: Mapping[str, str]
) -> dict[str, list[Reported]]:
    """What workers said does not work; whether a person has repaired it since."""
    rows = feedback.fault_reports(session, station, start, end)
    numbers = {row.alert for row in rows if row.alert is not None}
    done = select(Alert.id, Alert.resolved_at).where(col(Alert.id).in_(numbers), col(Alert.resolved_by).is_not(None))
    repaired = {number: at for number, at in session.exec(done) if number is not None and at is not None}
    return reported_by_people(rows, kinds_of, repaired)


def _last_proven(session: Session, facility: Facility, modes: Collection[str]) -> list[Proven]:
    """The newest proof of each mode; of kinds without modes the newest of all."""
    asked: list[str | None] = [*sorted({"cooling", "heating"})] if modes else [None]
    found = (health.latest_proof(session, facility.station, facility.id, mode) for mode in asked)
    return [proven(row) for row in found if row is not None]


def _not_provided(session: Session, station: Station, now: datetime) -> Mapping[str, datetime]:
    """Facilities a person last said are not provided, since when."""
    said: dict[str, datetime] = {}
    question, answer_no = NOT_PROVIDED
    for row in reversed(feedback.statements(session, station.id, station.commissioned_at, now)):
        if row.question == question:
            said.pop(row.facility, None)
            if row.answer == answer_no:
                said[row.facility] = row.at
    return said
