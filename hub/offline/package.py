"""The download: the forms somebody is to fill in, with the proposals they may open once they have looked.

Reads and writes the database: forms that were not begun are begun, and proposals that are handed out are kept.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col

from hub.accounts.roles import Role
from hub.accounts.tables import User
from hub.formats import local
from hub.inspections import assignment_store as assignments
from hub.inspections import attachment_store as attachments
from hub.inspections import earlier_store, evidence_store, mark_store
from hub.inspections import store as inspections
from hub.inspections.assignment_store import ToDo
from hub.inspections.deeds import Deed
from hub.inspections.earlier_store import Earlier
from hub.inspections.form_page import OpenFindings
from hub.inspections.log_store import identity
from hub.inspections.sealing import Sealed, seal
from hub.inspections.sheet import Sheet
from hub.inspections.signing import Signature
from hub.inspections.tables import Inspection
from hub.offline import store
from hub.offline.tables import OfflineEntry
from hub.rulebook import form_for, rulebooks
from hub.stations import store as stations
from hub.stations.tables import Facility, Station
from shared.text import Text

MOST = 30
"""Forms of one download, those due first: what an inspector carries in a week, and a phone keeps easily."""


Fresh = dict[int, Mapping[str, Sealed]]
"""Proposals sealed just now, by form and line: still to be kept."""


@dataclass(frozen=True, slots=True)
class Carried:
    """One form as it goes out."""

    row: Inspection
    station: Station
    sheet: Sheet
    due: date | None
    """None: nobody set a day."""
    sealed: Mapping[str, Sealed]
    """Proposals that may be opened, by line; none of blind lines."""
    facilities: Sequence[Facility]
    signatures: Sequence[Signature]
    earlier: Mapping[str, Earlier]
    """The points of last time, by line; nothing of them for whoever comes from outside (AH-41)."""
    findings: Mapping[str, Sequence[Text]]
    """What is found and not closed yet, by line; the same."""
    second_answers: Sequence[OfflineEntry]
    marked: Set[str]
    """Lines whose note is to become a finding."""


def carried(session: Session, user: User, now: datetime, open_findings: OpenFindings) -> list[Carried]:
    """What this user takes along, those due first before the others."""
    outside = user.role == Role.THIRD_PARTY
    forms = list(_forms(session, user, now))
    # Making proposals takes its time: ingest must not wait for forms that were begun here.
    session.commit()
    fresh: Fresh = {}
    findings = None if outside else open_findings
    found = [_carry(session, row, station, due, now, findings, fresh) for row, station, due in forms]
    for number, sealed in fresh.items():
        store.give(session, number, sealed, now)
    return found


def _forms(session: Session, user: User, now: datetime) -> Iterator[tuple[Inspection, Station, date | None]]:
    for one in assignments.to_do(session, user, most=MOST):
        row = one.inspection or _begun(session, one, user, now)
        if row is not None:
            yield row, one.station, one.assignment.due
    own = (
        col(Inspection.assignment).is_(None),
        col(Inspection.submitted_at).is_(None),
        col(Inspection.started_by) == user.name,
    )
    for row in inspections.visible_to(session, user, *own, limit=MOST):
        station = stations.get(session, row.station)
        if station is not None and inspections.may_fill(session, row, user):
            yield row, station, None


def _begun(session: Session, one: ToDo, user: User, now: datetime) -> Inspection | None:
    """The form of an assignment nobody began: which lines are blind is known before it leaves. None: it has none."""
    form = form_for(one.station.rulebook, one.station.rubric)
    if form is None:
        return None
    day = local(now).date()
    if not all(book.in_force(day) for book in (rulebooks()[form.rulebook], form.owner)):
        return None
    return inspections.begin(session, one.station, form, Deed(user, now, now, origin="offline"), one.assignment)


def _carry(
    session: Session, row: Inspection, station: Station, due: date | None, now: datetime,
    findings: OpenFindings | None, fresh: Fresh,
) -> Carried:  # fmt: skip
    sheet, number = inspections.sheet(session, row), identity(row)
    return Carried(
        row,
        station,
        sheet,
        due,
        _sealed(session, row, station, sheet, now, fresh),
        stations.facilities(session, station.id),
        attachments.signatures_of(session, number),
        {} if findings is None else earlier_store.last_time(session, row),
        {} if findings is None else findings(session, row.station),
        store.second_answers(session, number),
        mark_store.marks(session, row),
    )


def _sealed(
    session: Session, row: Inspection, station: Station, sheet: Sheet, now: datetime, fresh: Fresh
) -> dict[str, Sealed]:
    """Sealed now, or as it was just handed out; the hub keeps those of blind lines too, and lets none of them out."""
    number = identity(row)
    wanted = {one.item.key for one in sheet.lines() if not one.line.by_hand and one.entry.sealed is None}
    if not wanted or not inspections.is_open(row):
        return {}
    found = store.still_fresh(session, number, now)
    if not wanted <= set(found):
        tests = [one.entry.test for one in sheet.lines() if one.entry.test is not None]
        made = evidence_store.proposals(session, station, row.rubric, now, number, tests)
        found = {key: seal(made[key]) for key in wanted}
        fresh[number] = found
    blind = {one.item.key for one in sheet.lines() if one.line.blind}
    return {key: one for key, one in found.items() if key in wanted - blind}
