"""Takes the events of alerts, in their order, and writes the notices they call for; writes escalations. I/O.

An event is taken in the transaction that writes its notices: a process that dies in between takes it again, and the
pair of event and road is unique. On PostgreSQL a transaction that ends late may commit a smaller id than one already
taken, so what was taken is noted one by one for a while, and the floor follows behind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, update
from sqlmodel import Session, col, select

from hub.accounts.tables import User
from hub.alerts import journal
from hub.alerts.events import What
from hub.alerts.tables import HUB, Alert, AlertEvent
from hub.duty import store as duty
from hub.duty.escalation import goes_up
from hub.duty.filing import LEVEL_LABELS
from hub.notices import store
from hub.notices.deciding import FOR_THE_TOLD, STOPS, TAKES_BACK, Told, Way, decide, named, next_level, starts_watch
from hub.notices.kinds import WAITING, State
from hub.notices.tables import Cursor, Notice, Taken, Watch
from hub.notices.timing import SAFETY
from hub.stations import store as stations
from hub.stations.tables import Station
from hub.upsert import insert_new
from shared.opening import Opening
from shared.text import Text

MOST = 200
"""Events, or alerts that go up, within one transaction."""
SETTLED = timedelta(minutes=10)
"""No transaction of the hub lasts so long."""
ONLY = 1


def take(session: Session, now: datetime) -> int:
    """Write the notices of the next events. Returns how many were taken; 0: none is left."""
    floor = _floor(session)
    taken = select(Taken.event).where(col(Taken.event) > floor)
    query = select(AlertEvent).where(col(AlertEvent.id) > floor, col(AlertEvent.id).not_in(taken))
    events = session.exec(query.order_by(col(AlertEvent.id)).limit(MOST)).all()
    if not events:
        _raise_floor(session, floor, now)
        return 0
    scene = _Scene(session, events, now)
    for event in events:
        scene.tell(event)
        session.add(Taken(event=event.id or 0))
    session.flush()
    return len(events)


def escalate(session: Session, now: datetime) -> int:
    """Send what nobody has acknowledged to the next level, as an event of the alert. Returns how many."""
    query = select(Watch).where(col(Watch.next_at) <= now).order_by(col(Watch.next_at), col(Watch.alert)).limit(MOST)
    due = session.exec(query).all()
    alerts = _alerts(session, [watch.alert for watch in due])
    places = stations.of_ids(session, {alert.station for alert in alerts.values()})
    rosters = duty.rosters_of(session, list(places.values()))
    for watch in due:
        alert = alerts[watch.alert]
        roster, place = rosters.get(alert.station), places.get(alert.station)
        level = next_level(roster, watch.level)
        if roster is None or place is None or level is None or not _waits(alert):
            session.delete(watch)
            continue
        who = LEVEL_LABELS.get(level, Text(f"第 {level} 级", f"level {level}"))
        words = Text(f"无人确认，通知{who.zh}", f"Nobody acknowledged it: {who.en} told")
        journal.write(session, alert, What.ESCALATED, now, words, level=level)
        if next_level(roster, level) is None:
            session.delete(watch)
        else:
            watch.level, watch.next_at = level, goes_up(alert.severity, now, _opening(place), roster)
            session.add(watch)
    session.flush()
    return len(due)


class _Scene:
    """What a batch of events needs to know, asked for once."""

    def __init__(self, session: Session, events: Sequence[AlertEvent], now: datetime) -> None:
        self.session, self.now = session, now
        self.alerts = _alerts(session, {event.alert for event in events})
        self.places = stations.of_ids(session, {event.station for event in events if event.station != HUB})
        self.rosters = duty.rosters_of(session, list(self.places.values()))
        self.assigned = _users(session, [str(event.data.get("assigned_to") or "") for event in events])
        self.told = store.told(session, list(self.alerts))
        there = [roster for roster in self.rosters.values() if roster is not None]
        people = {user for roster in there for user in named(self.assigned.values(), roster)}
        also = {road for roads in self.told.values() for road in roads}
        people |= set(self.assigned.values())
        self.ways = store.ways(session, people, {roster.id for roster in there}, also, now)
        self.seen: dict[int | None, frozenset[str]] = {}

    def tell(self, event: AlertEvent) -> None:
        """Write this event's notices; take back what is not needed; watch what may have to go up."""
        what, alert = What(event.what), self.alerts[event.alert]
        roster = self.rosters.get(event.station)
        told = Told(
            what, event.severity, event.at, event.held is not None, int(event.data.get("level", 1)),
            self._assigned(event), alert.acknowledged_at is not None or alert.assigned_at is not None,
        )  # fmt: skip
        if what in TAKES_BACK or what is What.REOPENED:
            _take_back(self.session, event.alert, what)
        for due in decide(told, roster, self._ways_of(event)):
            row = {
                "event": event.id, "road": due.road, "alert": event.alert, "what": event.what,
                "severity": event.severity, "level": told.level, "created_at": self.now, "due": due.at,
                "state": State.HELD if due.wait else State.QUEUED, "held": due.wait or "", "attempts": 0,
                "code": "", "answer": "",
            }  # fmt: skip
            insert_new(self.session, Notice, row)
        if what in STOPS:
            self.session.connection().execute(delete(Watch).where(col(Watch.alert) == event.alert))
        elif roster is not None and starts_watch(told, roster) and _waits(alert):
            _watch(self.session, alert, goes_up(event.severity, event.at, self._opening(event), roster))

    def _ways_of(self, event: AlertEvent) -> list[Way]:
        """The roads that may be used for this event's station."""
        before, roster = self.told.get(event.alert, set()), self.rosters.get(event.station)
        found = []
        for way, user in self.ways:
            if user is None:
                fits = roster is not None and way.roster == roster.id
            elif event.station == HUB:
                fits = user.role == "administrator"
            else:
                fits = event.station in self._seen(user)
            if fits:
                always = way.always or event.station == HUB
                found.append(replace(way, always=always, told=way.id in before))
        return found

    def _seen(self, user: User) -> frozenset[str]:
        if user.id not in self.seen:
            self.seen[user.id] = store.seen(self.session, user, list(self.places))
        return self.seen[user.id]

    def _assigned(self, event: AlertEvent) -> int | None:
        name = str(event.data.get("assigned_to") or "")
        return None if name == event.who else self.assigned.get(name)

    def _opening(self, event: AlertEvent) -> Opening:
        return _opening(self.places[event.station])


def _floor(session: Session) -> int:
    insert_new(session, Cursor, {"id": ONLY, "floor": 0})
    return session.exec(select(Cursor.floor).where(Cursor.id == ONLY)).one()


def _raise_floor(session: Session, floor: int, now: datetime) -> None:
    """Everything up to the newest taken event that is old enough is done with."""
    settled = select(func.max(AlertEvent.id)).where(col(AlertEvent.id) > floor, col(AlertEvent.at) < now - SETTLED)
    newest = session.exec(settled).one()
    if newest is not None:
        session.connection().execute(update(Cursor).where(col(Cursor.id) == ONLY).values(floor=newest))
        session.connection().execute(delete(Taken).where(col(Taken.event) <= newest))


def _take_back(session: Session, alert: int, what: What) -> None:
    """What still waits is not said any more; safety is said all the same, and whoever was given an alert hears of it
    although somebody acknowledged it.
    """
    waiting = and_(col(Notice.alert) == alert, col(Notice.state).in_(WAITING), col(Notice.severity) != SAFETY)
    if what is What.ACKNOWLEDGED:
        waiting = and_(waiting, col(Notice.what) != What.ASSIGNED)
    if what is What.REOPENED:
        # Only "it works again" has become untrue.
        waiting = and_(waiting, col(Notice.what).in_(FOR_THE_TOLD))
    session.connection().execute(update(Notice).where(waiting).values(state=State.WITHDRAWN))


def _watch(session: Session, alert: Alert, next_at: datetime) -> None:
    watched = session.get(Watch, alert.id)
    if watched is None:
        session.add(Watch(alert=alert.id or 0, level=1, next_at=next_at))
    elif next_at < watched.next_at:
        watched.next_at = next_at
        session.add(watched)
    session.flush()


def _waits(alert: Alert) -> bool:
    """Whether somebody is still to acknowledge it."""
    over = alert.acknowledged_at or alert.assigned_at or alert.resolved_at or alert.closed_at
    return over is None and (alert.inhibited is None or alert.severity == SAFETY)


def _alerts(session: Session, ids: set[int] | list[int]) -> Mapping[int, Alert]:
    return {alert.id or 0: alert for alert in session.exec(select(Alert).where(col(Alert.id).in_(ids)))}


def _users(session: Session, names: Sequence[str]) -> dict[str, int]:
    query = select(User).where(col(User.name).in_([name for name in names if name]))
    return {user.name: user.id for user in session.exec(query) if user.id is not None}


def _opening(place: Station) -> Opening:
    return Opening.of(place.opening)
