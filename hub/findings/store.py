"""Findings in the database: making, moving on, handing over. Each writes what was done, and a note in the trail."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from hub.accounts.tables import User
from hub.findings.deadlines import due_at
from hub.findings.sensed import sensed
from hub.findings.tables import Finding, FindingStep
from hub.findings.words import Owner, Severity, Source, Stage
from hub.findings.workflow import Refusal, Refused, Step, Wanted, after
from hub.rulebook import rulebooks
from hub.stations.tables import Station
from hub.trail.store import note

_MARKS: dict[Step, tuple[str, ...]] = {
    Step.TAKE_UP: ("taken_up",),
    Step.FIX: ("fixed",),
    Step.VERIFY: ("verified",),
    Step.CLOSE: ("closed",),
}
"""The columns (`…_at`, `…_by`) a step fills in."""
_CLEARED: dict[Step, tuple[str, ...]] = {
    Step.SEND_BACK: ("fixed",),
    Step.REOPEN: ("taken_up", "fixed", "verified", "closed"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What somebody found."""

    text: str
    severity: Severity
    owner: Owner
    rubric: str | None = None
    item: str | None = None
    facility: str | None = None
    inspection: int | None = None
    source: Source = Source.HAND
    photos: tuple[str, ...] = ()
    """Of how it looked, ids."""

    def same(self, who: str) -> str:
        """Of one line there is one open finding; of one's own words, too: a form sent twice makes one."""
        if self.source is Source.ITEM:
            return f"item {self.item}"
        return sha256("\x1f".join((who, self.item or "", self.facility or "", self.text)).encode()).hexdigest()


def identity(finding: Finding) -> int:
    """Its number. Raises LookupError for one that has not been saved."""
    if finding.id is None:
        raise LookupError(f"a finding at {finding.station} has not been saved")
    return finding.id


def get(session: Session, number: int) -> Finding | None:
    """One finding. None: there is none of this number."""
    return session.get(Finding, number)


def make(session: Session, station: Station, found: Found, who: User, now: datetime) -> Finding:
    """Note what was found. What is open already is not made twice: that it was found again is written down."""
    same = found.same(who.name)
    standing = _open(session, station.id, same)
    if standing is not None:
        return _seen_again(session, standing, found, who, now)
    row = Finding(
        station=station.id, rulebook=station.rulebook, rubric=found.rubric, item=found.item, facility=found.facility,
        inspection=found.inspection, source=found.source, same=same, text=found.text, severity=found.severity,
        owner=found.owner, stage=Stage.OPEN, made_at=now, made_by=who.name,
        due_at=due_at(rulebooks()[station.rulebook], found.severity, now),
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # somebody else noted it at the same moment
        standing = _open(session, station.id, same)
        if standing is None:
            raise
        return _seen_again(session, standing, found, who, now)
    for photo in found.photos or (None,):
        _write(session, row, "made", who, now, found.text, photo, found.inspection)
    told = f"{found.severity} {found.owner}"
    note(
        session, who.name, who.role, "finding.make", now,
        station=station.id, subject=_subject(row), new=told, reason=found.text or None,
    )  # fmt: skip
    return row


def move(
    session: Session, finding: Finding, step: Step, who: User, now: datetime, words: str = "", photo: str | None = None
) -> None:
    """Make one step. The same step by the same person once more changes nothing. Raises Refused."""
    before = Stage(finding.stage)
    if _did(finding, step, who.name):
        return
    down = step is Step.CLOSE and sensed(session, finding, now).still_down
    leads = after(before, finding.fixed_by, down, Wanted(step, who.name, words, photo is not None))
    values: dict[str, Any] = {"stage": leads}
    for mark in _MARKS.get(step, ()):
        values |= {f"{mark}_at": now, f"{mark}_by": who.name}
    for mark in _CLEARED.get(step, ()):
        values |= {f"{mark}_at": None, f"{mark}_by": None}
    if step is Step.REOPEN:
        due = due_at(rulebooks()[finding.rulebook], Severity(finding.severity), now)
        values |= {"due_at": due, "opened_again": finding.opened_again + 1}
    _change(session, finding, values)
    _write(session, finding, step, who, now, words, photo)
    note(
        session, who.name, who.role, f"finding.{step}", now,
        station=finding.station, subject=_subject(finding), old=before, new=leads, reason=words or None,
    )  # fmt: skip


def hand_over(
    session: Session, finding: Finding, owner: Owner, severity: Severity, who: User, now: datetime, words: str
) -> None:
    """Another one is in charge, or it is more or less severe: the deadline counts from when it was made."""
    old, new = f"{finding.owner} {finding.severity}", f"{owner} {severity}"
    if old == new:
        return
    if finding.stage == Stage.CLOSED:
        raise Refused(Refusal.WRONG_STAGE)
    due = finding.due_at
    if severity != finding.severity:
        due = due_at(rulebooks()[finding.rulebook], severity, finding.made_at)
    _change(session, finding, {"owner": owner, "severity": severity, "due_at": due})
    _write(session, finding, "hand_over", who, now, words)
    note(
        session, who.name, who.role, "finding.hand_over", now,
        station=finding.station, subject=_subject(finding), old=old, new=new, reason=words or None,
    )  # fmt: skip


def inspect_again(
    session: Session, finding: Finding, assignment: int, told: str, who: User, now: datetime, words: str
) -> None:
    """Somebody is to inspect it once more, by this assignment; `told`: who and until when."""
    finding.reinspection = assignment
    session.add(finding)
    _write(session, finding, "reinspect", who, now, words or told)
    note(
        session, who.name, who.role, "finding.reinspect", now,
        station=finding.station, subject=_subject(finding), new=told, reason=words or None,
    )  # fmt: skip


def shows(session: Session, photo: str) -> bool:
    """Whether any step of a finding has this photo."""
    return session.exec(select(FindingStep.id).where(FindingStep.photo == photo).limit(1)).first() is not None


def _open(session: Session, station: str, same: str) -> Finding | None:
    query = select(Finding).where(Finding.station == station, Finding.same == same, col(Finding.closed_at).is_(None))
    return session.exec(query).first()


def _seen_again(session: Session, row: Finding, found: Found, who: User, now: datetime) -> Finding:
    if found.source is Source.ITEM and row.inspection != found.inspection:
        row.inspection = found.inspection
        session.add(row)
        for photo in found.photos or (None,):
            _write(session, row, "seen_again", who, now, found.text, photo, found.inspection)
        session.flush()
    return row


def _did(finding: Finding, step: Step, who: str) -> bool:
    """The last thing done was this, by the same person: a button pressed twice."""
    last = {
        Step.TAKE_UP: (Stage.TAKEN_UP, finding.taken_up_by),
        Step.FIX: (Stage.FIXED, finding.fixed_by),
        Step.VERIFY: (Stage.VERIFIED, finding.verified_by),
        Step.CLOSE: (Stage.CLOSED, finding.closed_by),
    }.get(step)
    return last == (Stage(finding.stage), who)


def _change(session: Session, finding: Finding, values: dict[str, Any]) -> None:
    """Only if nobody else moved it meanwhile. Raises Refused."""
    place = (col(Finding.id) == identity(finding), col(Finding.stage) == finding.stage)
    try:
        with session.begin_nested():
            changed = session.connection().execute(update(Finding).where(*place).values(**values)).rowcount
    except IntegrityError as error:
        raise Refused(Refusal.ANOTHER_OPEN) from error
    if changed != 1:
        raise Refused(Refusal.WRONG_STAGE)
    session.refresh(finding)


def _write(
    session: Session,
    finding: Finding,
    what: str,
    who: User,
    now: datetime,
    words: str = "",
    photo: str | None = None,
    inspection: int | None = None,
) -> None:
    session.add(
        FindingStep(
            finding=identity(finding), at=now, who=who.name, what=what, note=words, photo=photo, inspection=inspection
        )
    )
    session.flush()


def _subject(finding: Finding) -> str:
    return f"finding {identity(finding)}"
