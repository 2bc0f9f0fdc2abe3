"""Lists of findings, read: those of a user's stations, what is down and late first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_
from sqlmodel import Session, col, select

from hub.accounts.roles import Role
from hub.accounts.tables import User
from hub.findings.asked import A_PAGE, Asked, Shown
from hub.findings.lines import item_key
from hub.findings.store import identity
from hub.findings.tables import Finding, FindingStep
from hub.findings.words import OWNER_OF_ROLE, STAGES, Severity, Stage
from hub.health.tables import SpellRow
from hub.inspections.tables import Inspection
from hub.stations.jurisdiction import of_union, seen_by
from hub.stations.tables import Station
from shared.facility import kind_of
from shared.states import State
from shared.text import Text

_TODO = (Stage.OPEN, Stage.TAKEN_UP)
_CHECK = (Stage.FIXED, Stage.VERIFIED)


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of findings with the stations they are at."""

    asked: Asked
    findings: Sequence[Finding]
    places: Mapping[str, Station]
    down: Collection[int]
    """Numbers of those whose facility the sensors see down now."""
    counts: Mapping[Shown, int]

    @property
    def total(self) -> int:
        return self.counts[self.asked.shown]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // A_PAGE))


def theirs(user: User) -> ColumnElement[bool]:
    """The findings a user may see: those of the stations they may see; a third party only what it found itself, for it
    must know nobody else's judgement (AH-41)."""
    seen = col(Finding.station).in_(select(Station.id).where(seen_by(user)))
    return and_(seen, col(Finding.made_by) == user.name) if user.role == Role.THIRD_PARTY else seen


def visible(session: Session, user: User, number: int) -> Finding | None:
    """One finding, if this user may see it. None: it is not there, or not for them."""
    return session.exec(select(Finding).where(theirs(user), col(Finding.id) == number)).first()


def listed(session: Session, user: User, asked: Asked, now: datetime) -> Listed:
    """A page of them: down first, then late, then by severity and deadline; closed ones newest first."""
    among = [theirs(user), *_filters(user, asked)]
    counted = select(*[func.count(case((_shown(one, now), 1))) for one in Shown]).select_from(Finding)
    row = session.connection().execute(counted.where(*among)).one()
    counts = dict(zip(Shown, row, strict=True))
    down = exists().where(
        col(SpellRow.station) == col(Finding.station), col(SpellRow.facility) == col(Finding.facility),
        col(SpellRow.until).is_(None), col(SpellRow.state) == State.DOWN,
    )  # fmt: skip
    if asked.shown is Shown.CLOSED:
        order: tuple[ColumnElement[Any], ...] = (col(Finding.closed_at).desc(), col(Finding.id).desc())
    else:
        late = case((col(Finding.due_at) < now, 0), else_=1)
        grave = case({Severity.SAFETY: 0, Severity.HIGH: 1}, value=col(Finding.severity), else_=2)
        last = (col(Finding.due_at).asc(), col(Finding.id).asc())
        order = (case((down, 0), else_=1).asc(), late.asc(), grave.asc(), *last)
    query = select(Finding, down).where(*among, _shown(asked.shown, now)).order_by(*order)
    rows = session.exec(query.offset((asked.page - 1) * A_PAGE).limit(A_PAGE)).all()
    found = [finding for finding, _ in rows]
    places = session.exec(select(Station).where(col(Station.id).in_({one.station for one in found})))
    broken = {identity(finding) for finding, is_down in rows if is_down and finding.closed_at is None}
    return Listed(asked, found, {one.id: one for one in places}, broken, counts)


def at_station(session: Session, user: User, station: str, most: int = 200) -> Sequence[Finding]:
    """Those of one station: open ones first by deadline, then the newest."""
    query = select(Finding).where(theirs(user), Finding.station == station)
    order = (col(Finding.closed_at).is_not(None), col(Finding.due_at), col(Finding.id).desc())
    return session.exec(query.order_by(*order).limit(most)).all()


def open_at(session: Session, station: str) -> Sequence[Finding]:
    """The open ones of a station, by deadline: for whoever looks at it, as the form does."""
    query = select(Finding).where(Finding.station == station, col(Finding.closed_at).is_(None))
    return session.exec(query.order_by(col(Finding.due_at), col(Finding.id))).all()


def beside_form(session: Session, station: str) -> Mapping[str, Sequence[Text]]:
    """The open ones as the form shows them beside the line each is about, after the inspector's own look."""
    found: dict[str, list[Text]] = {}
    for row in open_at(session, station):
        key = row.item or (None if row.facility is None else item_key(kind_of(row.facility)))
        if key is not None:
            stage, words = STAGES[Stage(row.stage)], row.text or "–"
            told = Text(f"整改 {row.id}：{words}（{stage.zh}）", f"Finding {row.id}: {words} ({stage.en})")
            found.setdefault(key, []).append(told)
    return found


def steps(session: Session, finding: Finding) -> Sequence[FindingStep]:
    """What was done about it, in order."""
    query = select(FindingStep).where(FindingStep.finding == identity(finding))
    return session.exec(query.order_by(col(FindingStep.id))).all()


def steps_of(session: Session, ids: Collection[int]) -> Sequence[FindingStep]:
    """The same of several, by finding."""
    query = select(FindingStep).where(col(FindingStep.finding).in_(ids))
    return session.exec(query.order_by(col(FindingStep.finding), col(FindingStep.id))).all()


def of_inspection(session: Session, inspection: Inspection) -> Sequence[Finding]:
    """Those an inspection found, or found again last."""
    query = select(Finding).where(Finding.inspection == inspection.id)
    return session.exec(query.order_by(col(Finding.id))).all()


def items_found(session: Session, inspection: int) -> set[str | None]:
    """The lines this inspection has findings of, open or closed."""
    query = select(Finding.item).join(FindingStep, col(FindingStep.finding) == col(Finding.id))
    return set(session.exec(query.where(FindingStep.inspection == inspection)))


def _shown(shown: Shown, now: datetime) -> ColumnElement[bool]:
    if shown is Shown.CLOSED:
        return col(Finding.closed_at).is_not(None)
    still = col(Finding.closed_at).is_(None)
    if shown is Shown.LATE:
        return and_(still, col(Finding.stage).in_(_TODO), col(Finding.due_at) < now)
    return and_(still, col(Finding.stage).in_(_CHECK)) if shown is Shown.FIXED else still


def _filters(user: User, asked: Asked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.mine:
        task = OWNER_OF_ROLE.get(user.role)
        mine = [col(Finding.made_by), col(Finding.taken_up_by), col(Finding.fixed_by)]
        own = [column == user.name for column in mine]
        found.append(or_(*own, col(Finding.owner) == task) if task else or_(*own))
    if asked.union is not None:
        found.append(col(Finding.station).in_(select(Station.id).where(of_union(asked.union))))
    for word in asked.words.split():
        named = select(Station.id).where(
            or_(
                col(Station.name).icontains(word, autoescape=True),
                col(Station.name_en).icontains(word, autoescape=True),
            )
        )
        found.append(or_(col(Finding.station).in_(named), col(Finding.text).icontains(word, autoescape=True)))
    return found
