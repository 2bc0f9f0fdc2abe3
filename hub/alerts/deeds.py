"""What people do to alerts: each in one transaction with its event and its line in the trail.

The row is locked first: of two taps at once the second finds what the first one did, and nothing happens twice.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from hub.accounts.tables import User
from hub.alerts import journal
from hub.alerts.events import What
from hub.alerts.holding import settle
from hub.alerts.tables import HUB, Alert, AlertEvent
from hub.errors import HubError
from hub.stations.due import mark_due
from hub.trail import store as trail
from shared.text import Text

LONGEST_PROMISE = timedelta(days=60)
SAME_WITHIN = timedelta(minutes=1)
"""The same comment of the same person within that time was sent twice."""

NO_COMMENT = Text("请写几个字，或附一张照片。", "Write a few words, or add a photo.")
NO_WORDS = Text("请写明做了什么。", "Say what was done.")
NO_PROOF = Text(
    "请附一张修复后的照片，或选一条修复之后的读数。", "Add a photo of the repair, or choose a reading after it."
)
NOT_AHEAD = Text("承诺的时间要在现在之后。", "The promised time lies ahead.")
TOO_FAR = Text("承诺的时间最多在 60 天内。", "Promise a time within 60 days.")
NOBODY = Text("没有可以指派的这个人。", "There is nobody of this name to assign it to.")
STILL_THERE = Text("还没有证明修好：先修复，再关闭。", "Nothing shows that it works yet: resolve it first.")
BY_ITSELF = Text("此报警由系统判断：恢复联系后自动解除。", "This alert goes by itself once the hub hears again.")


class Wrong(ValueError):
    """Something in a form is not as it must be: at which field, and why."""

    def __init__(self, field: str, why: Text) -> None:
        super().__init__(why.en)
        self.field = field
        self.why = why


def acknowledge(session: Session, alert: Alert, user: User, now: datetime) -> None:
    """Somebody has seen it. Raises HubError 409 where somebody else has, or it is closed."""
    _lock(session, alert)
    if alert.acknowledged_by == user.name:
        return
    _still_open(alert)
    if alert.acknowledged_at is not None:
        raise HubError(409, Text(f"{alert.acknowledged_by} 已确认。", f"{alert.acknowledged_by} has acknowledged it."))
    _see(alert, user, now)
    _done(session, alert, user, What.ACKNOWLEDGED, now, Text(f"{user.name} 已确认", f"{user.name} has seen it"))


def assign(session: Session, alert: Alert, user: User, to: User | None, now: datetime) -> None:
    """Somebody is to repair it: whoever says so, or another. Raises Wrong for nobody, HubError 409 when closed."""
    _lock(session, alert)
    if to is None:
        raise Wrong("to", NOBODY)
    if alert.assigned_to == to.name:
        return
    _still_open(alert)
    before = alert.assigned_to
    alert.assigned_to, alert.assigned_at = to.name, now
    if alert.acknowledged_at is None:
        _see(alert, user, now)
    said = Text(f"由 {to.name} 处理", f"{to.name} looks after it")
    _done(session, alert, user, What.ASSIGNED, now, said, old=before, new=to.name, assigned_to=to.name)


def promise(session: Session, alert: Alert, user: User, at: datetime | None, now: datetime) -> None:
    """By when it is to work: told at the station. Raises Wrong, and HubError 409 when it is resolved or closed."""
    _lock(session, alert)
    _still_open(alert)
    if at is None or at <= now:
        raise Wrong("promised_at", NOT_AHEAD)
    if at > now + LONGEST_PROMISE:
        raise Wrong("promised_at", TOO_FAR)
    if alert.promised_at == at:
        return
    before = alert.promised_at
    alert.promised_at = at
    if alert.acknowledged_at is None:
        _see(alert, user, now)
    _done(
        session, alert, user, What.PROMISED, now, Text("承诺修复时间", "A time was promised"),
        old=None if before is None else before.isoformat(), new=at.isoformat(), promised_at=at.isoformat(),
    )  # fmt: skip


def comment(session: Session, alert: Alert, user: User, text: str, photo: str | None, now: datetime) -> None:
    """Something to know. Raises Wrong for nothing at all."""
    _lock(session, alert)
    if not text and photo is None:
        raise Wrong("text", NO_COMMENT)
    if _said_already(session, alert, user, text, photo, now):
        return
    said = text or "照片"
    _done(session, alert, user, What.COMMENT, now, Text(said, text or "photo"), photo=photo)


def resolve(
    session: Session,
    alert: Alert,
    user: User,
    text: str,
    photo: str | None,
    reading: tuple[str, Text] | None,
    now: datetime,
) -> None:
    """It works again, with a proof: a photo, or a record (its id, and what it reads) from after the repair.

    Raises Wrong without either; of an alert that is resolved or closed already nothing is changed.
    """
    _lock(session, alert)
    if alert.resolved_at is not None or alert.closed_at is not None:
        return
    if alert.station == HUB:
        raise HubError(409, BY_ITSELF)
    if not text:
        raise Wrong("text", NO_WORDS)
    if photo is None and reading is None:
        raise Wrong("photo", NO_PROOF)
    read = "" if reading is None else f"：{reading[1].zh}", "" if reading is None else f": {reading[1].en}"
    said = Text(f"{text}{read[0]}", f"{text}{read[1]}")
    alert.resolved_at, alert.resolved_by = now, user.name
    alert.resolved_why_zh, alert.resolved_why_en = said.zh, said.en
    alert.proof_photo, alert.proof_record = photo, None if reading is None else reading[0]
    alert.chattering_since = alert.quiet_since = None
    if alert.acknowledged_at is None:
        _see(alert, user, now)
    _done(session, alert, user, What.RESOLVED, now, said, new=text, photo=photo, record=alert.proof_record)
    settle(session, [alert.station], now)


def close(session: Session, alert: Alert, user: User, now: datetime) -> None:
    """For good, once it is proven. Raises HubError 409 while it is not; closed already: nothing changes."""
    _lock(session, alert)
    if alert.closed_at is not None:
        return
    if alert.resolved_at is None:
        raise HubError(409, STILL_THERE)
    alert.closed_at, alert.closed_by = now, user.name
    alert.closed_why_zh, alert.closed_why_en = alert.resolved_why_zh, alert.resolved_why_en
    _done(session, alert, user, What.CLOSED, now, Text(f"{user.name} 关闭", f"Closed by {user.name}"))
    settle(session, [alert.station], now)


def note(session: Session, alert: Alert, user: User, what: What, text: Text, now: datetime, **data: Any) -> None:
    """That somebody came, left, or put another machine there."""
    if alert.acknowledged_at is None and alert.closed_at is None and what is What.ON_SITE:
        _see(alert, user, now)
    _done(session, alert, user, what, now, text, new=text.zh, **data)


def _lock(session: Session, alert: Alert) -> None:
    session.connection().execute(update(Alert).where(col(Alert.id) == alert.id).values(id=alert.id))
    session.refresh(alert)


def _still_open(alert: Alert) -> None:
    if alert.closed_at is not None:
        raise HubError(409, Text("报警已关闭。", "The alert is closed."))
    if alert.resolved_at is not None:
        raise HubError(409, Text("报警已解除。", "The alert is resolved."))


def _see(alert: Alert, user: User, now: datetime) -> None:
    alert.acknowledged_at, alert.acknowledged_by = now, user.name


def _done(
    session: Session,
    alert: Alert,
    user: User,
    what: What,
    now: datetime,
    text: Text,
    old: str | None = None,
    new: str | None = None,
    **data: Any,
) -> None:
    session.add(alert)
    session.flush()
    kept = {name: value for name, value in data.items() if value is not None}
    journal.write(session, alert, what, now, text, user.name, **kept)
    station = alert.station or None
    if station is not None:
        mark_due(session, [station])
    trail.note(
        session,
        user.name,
        user.role,
        f"alert.{what}",
        now,
        station=station,
        subject=f"alert {alert.id}",
        old=old,
        new=new,
    )


def _said_already(session: Session, alert: Alert, user: User, text: str, photo: str | None, now: datetime) -> bool:
    """A photo is kept under a new id each time it is sent: of one the words alone say whether it was sent twice."""
    query = select(AlertEvent).where(AlertEvent.alert == alert.id, AlertEvent.who == user.name)
    query = query.where(AlertEvent.what == str(What.COMMENT), AlertEvent.at > now - SAME_WITHIN)
    return any(
        row.zh == (text or "照片") and ("photo" in row.data) == (photo is not None) for row in session.exec(query)
    )
