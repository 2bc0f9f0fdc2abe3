"""Inspections in the database: beginning, answering, submitting, the trail of it, and what proposals rest on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from hub.feedback import store as feedback
from hub.health import store as health
from hub.health.present import standing as standing_of
from hub.inspections.assembly import Fitted, Present, gather
from hub.inspections.evidence import Evidence, Proven, TwoBoxes
from hub.inspections.sealing import Sealed, unseal
from hub.inspections.sheet import Entry, Head, by_hand
from hub.inspections.stored import NOTHING, asked_now, proven, recorded, said_by_people
from hub.inspections.tables import AnswerLog, Inspection, InspectionItem
from hub.inspections.windows import modes_of_season, policy_of, window_for
from hub.inspections.workflow import Line, Look, Reason, Refusal, Refused
from hub.questions import store as questions
from hub.rulebook import Form, Rubric, Rulebook, rulebooks
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


@dataclass(frozen=True, slots=True)
class Change:
    """What is written to the trail of one answer."""

    what: str
    old: str | None
    """None: there was nothing."""
    new: str | None
    reason: str | None = None


def identity(inspection: Inspection) -> int:
    """Its number. Raises LookupError for one that has not been saved."""
    if inspection.id is None:
        raise LookupError(f"an inspection of {inspection.station} has not been saved")
    return inspection.id


def begin(session: Session, station: Station, form: Form, who: str, now: datetime) -> Inspection:
    """The station's draft: the one that is open, else a fresh one. A station has one draft at a time."""
    found = draft(session, station.id)
    if found is not None:
        return found
    row = Inspection(
        station=station.id,
        rulebook=form.rulebook,
        rubric=form.owner.name,
        station_name=station.name,
        station_name_en=station.name_en,
        station_number=station.plaque_number or station.code or "",
        union_name=station.union_name,
        started_at=now,
        started_by=who,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # somebody else began at the same moment
        found = draft(session, station.id)
        if found is None:
            raise
        return found
    session.add(AnswerLog(inspection=identity(row), at=now, who=who, what="start", new=form.owner.name))
    return row


def draft(session: Session, station: str) -> Inspection | None:
    """The station's open draft. None: there is none."""
    query = select(Inspection).where(Inspection.station == station, col(Inspection.submitted_at).is_(None))
    return session.exec(query).first()


def of_stations(session: Session, ids: SelectOfScalar[str], limit: int = 100) -> Sequence[Inspection]:
    """Inspections of these stations: drafts first, then the newest."""
    query = select(Inspection).where(col(Inspection.station).in_(ids))
    newest = (col(Inspection.submitted_at).is_not(None), col(Inspection.started_at).desc(), col(Inspection.id).desc())
    return session.exec(query.order_by(*newest).limit(limit)).all()


def drafts_at(session: Session, ids: Collection[str]) -> set[str]:
    """Of these stations the ones with an open draft."""
    query = select(Inspection.station).where(col(Inspection.station).in_(ids), col(Inspection.submitted_at).is_(None))
    return set(session.exec(query))


def get(session: Session, inspection: int) -> Inspection | None:
    """One inspection. None: there is none of this number."""
    return session.get(Inspection, inspection)


def concluded_at(session: Session, station: str) -> datetime | None:
    """When the station's last inspection was submitted. None: never."""
    query = select(Inspection.submitted_at).where(
        Inspection.station == station, col(Inspection.submitted_at).is_not(None)
    )
    return session.exec(query.order_by(col(Inspection.submitted_at).desc()).limit(1)).first()


def head_of(row: Inspection) -> Head:
    """The head of the form, with the editions it was made with."""
    return Head(
        id=identity(row),
        station=row.station,
        name=Text(row.station_name, row.station_name_en or row.station_name),
        number=row.station_number,
        union=row.union_name,
        rulebook=rulebooks()[row.rulebook],
        owner=rulebooks()[row.rubric],
        started_at=row.started_at,
        started_by=row.started_by,
        submitted_at=row.submitted_at,
        submitted_by=row.submitted_by,
    )


def entries(session: Session, row: Inspection, rubric: Rubric) -> dict[str, Entry]:
    """What was answered so far, by line. Raises BrokenSeal where a sealed proposal was tampered with."""
    query = select(InspectionItem).where(InspectionItem.inspection == identity(row))
    found: dict[str, Entry] = {}
    for kept in session.exec(query.execution_options(populate_existing=True)):
        item = rubric.item(kept.key)
        if item is not None:
            found[kept.key] = _entry(kept, by_hand(item), row.submitted_at is not None)
    return found


def _entry(kept: InspectionItem, hand: bool, submitted: bool) -> Entry:
    sealed = None if kept.proposal is None or kept.seal is None else Sealed(kept.proposal, kept.seal)
    proposal = None if sealed is None else unseal(sealed)
    line = Line(
        by_hand=hand,
        submitted=submitted,
        look=None if kept.look is None else Look(kept.look),
        looked_at=kept.looked_at,
        revealed_at=kept.revealed_at,
        proposed=None if proposal is None else proposal.points,
        points=kept.points,
        decided_at=kept.decided_at,
        decided_by=kept.decided_by,
        reason=None if kept.override_reason is None else Reason(kept.override_reason),
        note=kept.note,
    )
    return Entry(line, kept.version, kept.looked_by, kept.revealed_by, proposal, kept.seal)


def answer(
    session: Session,
    row: Inspection,
    key: str,
    before: Entry,
    line: Line,
    change: Change,
    who: str,
    now: datetime,
    sealed: Sealed | None = None,
) -> None:
    """Keep the line as it is now, with its trail. Raises Refused where somebody else changed it since `before`."""
    values: dict[str, Any] = {
        "version": before.version + 1,
        "look": line.look,
        "looked_at": line.looked_at,
        "looked_by": who if change.what == "look" else before.looked_by,
        "revealed_at": line.revealed_at,
        "revealed_by": who if change.what == "reveal" else before.revealed_by,
        "points": line.points,
        "decided_at": line.decided_at,
        "decided_by": line.decided_by,
        "override_reason": line.reason,
        "note": line.note,
    }
    if sealed is not None:
        values |= {"proposal": sealed.content, "seal": sealed.digest}
    number = identity(row)
    place = (col(InspectionItem.inspection) == number, col(InspectionItem.key) == key)
    try:
        with session.begin_nested() as nested:
            connection = session.connection()
            if before.version == 0:
                connection.execute(insert(InspectionItem).values(inspection=number, key=key, **values))
            else:
                guarded = update(InspectionItem).where(*place, col(InspectionItem.version) == before.version)
                if connection.execute(guarded.values(**values)).rowcount != 1:
                    raise Refused(Refusal.CHANGED_MEANWHILE)
            nested.commit()
    except IntegrityError as error:
        raise Refused(Refusal.CHANGED_MEANWHILE) from error
    session.add(
        AnswerLog(
            inspection=number, key=key, at=now, who=who, what=change.what, old=change.old, new=change.new,
            reason=change.reason,
        )
    )  # fmt: skip


def submit(session: Session, row: Inspection, total: int, who: str, now: datetime) -> None:
    """The form is final, once. Raises Refused where somebody was faster."""
    changed = session.connection().execute(
        update(Inspection)
        .where(col(Inspection.id) == identity(row), col(Inspection.submitted_at).is_(None))
        .values(submitted_at=now, submitted_by=who, total=total)
    )
    if changed.rowcount != 1:
        raise Refused(Refusal.SUBMITTED)
    session.add(AnswerLog(inspection=identity(row), at=now, who=who, what="submit", new=str(total)))
    session.flush()
    session.refresh(row)


def trail(session: Session, row: Inspection) -> Sequence[AnswerLog]:
    """Everything that was answered, in order."""
    query = select(AnswerLog).where(AnswerLog.inspection == identity(row))
    return session.exec(query.order_by(col(AnswerLog.id))).all()


def evidence(session: Session, station: Station, rulebook: Rulebook, now: datetime) -> dict[str, list[Evidence]]:
    """What the proposals of a station rest on now, by kind; a kind of which nothing stands there is absent.

    `rulebook` is the edition whose rubric is filled in.
    """
    window = window_for(now, station.commissioned_at, concluded_at(session, station.id), policy_of(rulebook))
    opening = Opening.model_validate(station.opening)
    removed = _not_provided(session, station, now)
    around = health.windows(session, station.id, window.start, window.end, opening)
    present = {
        standing.facility: Present(standing.state, standing.since, standing.data_age_s)
        for standing in standing_of(session, station.id, now)
    }
    asked = asked_now(questions.open_at(session, station.id))
    words = feedback.statements(session, station.id, window.start, now)
    said = said_by_people(words, questions.named(session, station.id, {row.question for row in words}))
    modes = modes_of_season(now, rulebook)
    replaced = health.replaced(session, station.id)
    spoke = within(boots.twins_of(session, station.id), window.start, window.end)
    two_boxes = None if spoke is None else TwoBoxes(spoke.since, spoke.until)
    found: dict[str, list[Evidence]] = {}
    for facility in stations.facilities(session, station.id):
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
                    stored, shown, asked.get(facility.id, []), said.get(facility.id, []), replaced.get(facility.id)
                ),
                present.get(facility.id, Present(State.UNKNOWN, None, None)),
                modes,
                station.history_until,
                two_boxes,
            )
        )
    return found


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
