"""Submitting a form, the second look, and corrections: see `actions`, which names them all."""

from sqlalchemy import update
from sqlmodel import Session, col

from hub.accounts.actions import Action, may
from hub.inspections import assignment_store as assignments
from hub.inspections import attachment_store as attachments
from hub.inspections import log_store, store, version_store, workflow
from hub.inspections.deeds import Change, Deed
from hub.inspections.log_store import identity, written
from hub.inspections.refusals import Refusal, Refused
from hub.inspections.sheet import Sheet
from hub.inspections.signing import SIGNERS, missing
from hub.inspections.store import answer
from hub.inspections.tables import Inspection, InspectionItem
from hub.inspections.workflow import Reason, Verdict


def submit(session: Session, row: Inspection, deed: Deed) -> None:
    """The form is closed and waits for the second look; proposals of blind lines are shown from now on."""
    if not store.may_fill(session, row, deed.who):
        raise Refused(Refusal.NOT_ASSIGNED)
    sheet = store.sheet(session, row)
    _complete(session, row, sheet)
    number = identity(row)
    closed = session.connection().execute(
        update(Inspection)
        .where(col(Inspection.id) == number, col(Inspection.version) == row.version)
        .where(col(Inspection.submitted_at).is_(None) | col(Inspection.returned_at).is_not(None))
        .values(
            submitted_at=deed.now, submitted_by=deed.who.name, returned_at=None, version=row.version + 1,
            total=sheet.total.points, possible=sheet.total.possible,
        )
    )  # fmt: skip
    if closed.rowcount != 1:
        raise Refused(Refusal.SUBMITTED)
    session.connection().execute(
        update(InspectionItem)
        .where(col(InspectionItem.inspection) == number, col(InspectionItem.seal).is_not(None))
        .where(col(InspectionItem.revealed_at).is_(None))
        .values(revealed_at=deed.now, revealed_by=deed.who.name)
    )
    assignments.close(session, row.assignment, deed.now)
    digest = version_store.keep(session, row, sheet, row.version + 1, "", deed)
    session.flush()
    session.refresh(row)
    written(session, row, None, Change("submit", None, f"{sheet.total.points} {digest[:12]}"), deed)


def _complete(session: Session, row: Inspection, sheet: Sheet) -> None:
    """Raises Refused, naming what is missing."""
    lines = list(sheet.lines())
    undecided = [shown.item.text for shown in lines if not shown.line.decided]
    if store.is_open(row) and undecided:
        raise Refused(Refusal.INCOMPLETE, undecided)
    workflow.may_submit([shown.line for shown in lines])
    bare = [shown.item.text for shown in lines if shown.lacks_evidence]
    if bare:
        raise Refused(Refusal.EVIDENCE_MISSING, bare)
    unsigned = missing(attachments.signatures_of(session, identity(row)))
    if unsigned:
        raise Refused(Refusal.SIGNATURE_MISSING, [SIGNERS[one] for one in unsigned])


def review(session: Session, row: Inspection, verdict: Verdict, reason: str, deed: Deed) -> None:
    """The second look, by somebody who did not work on the form: it stands, or goes back with reasons."""
    closed = not store.is_open(row)
    workflow.may_review(closed, row.confirmed_at is not None, deed.who.name, log_store.hands(session, row))
    if verdict is Verdict.RETURNED and not reason.strip():
        raise Refused(Refusal.WORDS_MISSING)
    confirmed = verdict is Verdict.CONFIRMED
    changed = session.connection().execute(
        update(Inspection)
        .where(col(Inspection.id) == identity(row), col(Inspection.version) == row.version)
        .where(col(Inspection.returned_at).is_(None), col(Inspection.confirmed_at).is_(None))
        .values(
            confirmed_at=deed.now if confirmed else None, confirmed_by=deed.who.name if confirmed else None,
            returned_at=None if confirmed else deed.now,
        )
    )  # fmt: skip
    if changed.rowcount != 1:
        raise Refused(Refusal.CHANGED_MEANWHILE)
    session.refresh(row)
    what = "confirm" if confirmed else "return"
    written(session, row, None, Change(what, None, str(row.total), reason.strip() or None), deed)


def correct(
    session: Session,
    row: Inspection,
    key: str,
    points: int | None,
    reason: Reason | None,
    note: str,
    why: str,
    deed: Deed,
) -> None:
    """Other points on a closed form, with why: a new version, which needs its second look again. What was revealed
    stays as it was. By whoever filled it in, or may review."""
    if not (store.may_fill(session, row, deed.who) or may(deed.who.role, Action.REVIEW_INSPECTIONS)):
        raise Refused(Refusal.NOT_ASSIGNED)
    item, before = store.line(session, row, key)
    if not why.strip():
        raise Refused(Refusal.WORDS_MISSING)
    may_skip = store.sheet(session, row).may_skip(key)
    after = workflow.correct(before.line, points, deed.who.name, deed.at, reason, note, may_skip)
    if deed.version is not None and deed.version != before.version:
        raise Refused(Refusal.CHANGED_MEANWHILE)
    if workflow.lacks_evidence(after, min(item.points), len(before.photos)):
        raise Refused(Refusal.EVIDENCE_MISSING, [item.text])
    said = ["n/a" if value is None else str(value) for value in (before.line.points, points)]
    answer(session, row, item.key, before, after, Change("correct", said[0], said[1], why.strip()), deed)
    sheet = store.sheet(session, row)
    row.version += 1
    row.total, row.possible = sheet.total.points, sheet.total.possible
    row.confirmed_at = row.confirmed_by = None
    session.add(row)
    version_store.keep(session, row, sheet, row.version, why.strip(), deed)
    session.flush()
