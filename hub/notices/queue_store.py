"""The queue of notices in the database: what is due, what is on its way, what came back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from hub.alerts.bring import to_bring
from hub.alerts.events import What
from hub.alerts.tables import HUB as NOWHERE
from hub.alerts.tables import Alert, AlertEvent
from hub.notices.bundling import WITHIN, Bundle, Rest, Waiting, next_bundle
from hub.notices.kinds import WAITING, Reminding, State, Wait
from hub.notices.robots import Receipt
from hub.notices.tables import Notice, Reminder, Road
from hub.notices.timing import SAFETY, again_after
from hub.notices.wording import HUB, WHOLE, Reminded, Said
from hub.stations import store as stations
from hub.stations.due import mark_due
from shared.text import Text

MOST = 2000
"""Due notices looked at together."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message on its way."""

    road: Road
    key: str
    said: Sequence[Said | Reminded]


def recover(session: Session, mine: Collection[int], now: datetime) -> int:
    """What a process that died had on its way is tried again, under the same key. Returns how many.

    `mine`: roads on which this process has something on its way itself.
    """
    changed = session.connection().execute(
        update(Notice)
        .where(col(Notice.state) == State.SENDING, col(Notice.road).not_in(mine))
        .values(state=State.FAILED, due=now)
    )
    return changed.rowcount


def claim(session: Session, busy: Collection[int], now: datetime, most: int) -> list[Parcel]:
    """The next message of every road that is not busy, no more than so many, those of safety first.

    They are marked as on their way: commit before anything is sent.
    """
    due = col(Notice.state).in_(WAITING) & (col(Notice.due) <= now)
    rows = session.exec(select(Notice).where(due, col(Notice.road).not_in(busy)).order_by(col(Notice.id)).limit(MOST))
    by_road: dict[int, list[Notice]] = {}
    for row in rows:
        by_road.setdefault(row.road, []).append(row)
    loud = session.exec(select(Notice).where(due, Notice.severity == SAFETY, col(Notice.road).not_in(busy)).limit(MOST))
    for row in loud:
        if row not in by_road.setdefault(row.road, []):
            by_road[row.road].append(row)
    sent = _sent(session, by_road, now)
    parcels: list[Parcel] = []
    for road, waiting in sorted(by_road.items(), key=lambda item: _urgency(item[1])):
        if len(parcels) == most:
            break
        parcel = _claimed(session, road, waiting, sent.get(road, []), now)
        if parcel is not None:
            parcels.append(parcel)
    session.flush()
    return parcels


def settle(session: Session, parcel: Parcel, receipt: Receipt, now: datetime) -> None:
    """Write down what became of a message."""
    rows = session.exec(select(Notice).where(Notice.message == parcel.key, Notice.state == State.SENDING)).all()
    for row in rows:
        row.answered_at, row.code, row.answer = now, receipt.code, receipt.answer
        wait = None if receipt.arrived else again_after(row.attempts, receipt.patience, receipt.refused)
        if receipt.arrived:
            row.state = State.SENT
        elif wait is None:
            row.state = State.GIVEN_UP
        else:
            row.state, row.due = State.FAILED, now + wait
        session.add(row)
    note_answer(session, parcel.road.id or 0, receipt, now)
    if receipt.arrived:
        mark_due(session, _stations_of(session, {row.alert for row in rows if row.alert is not None}))
    session.flush()


def _stations_of(session: Session, alerts: Collection[int]) -> set[str]:
    """Where these alerts are: a station may say that somebody was told."""
    return set(session.exec(select(Alert.station).where(col(Alert.id).in_(alerts)))) - {NOWHERE}


def note_answer(session: Session, road: int, receipt: Receipt, now: datetime) -> None:
    """Whether the road leads anywhere."""
    there = session.get_one(Road, road)
    there.failing_since = None if receipt.arrived else there.failing_since or now
    there.answered, there.answered_at = f"{receipt.code} {receipt.answer}".strip(), now
    session.add(there)


def _urgency(rows: Sequence[Notice]) -> tuple[bool, int]:
    return all(row.severity != SAFETY for row in rows), rows[0].id or 0


def _claimed(
    session: Session, road: int, waiting: Sequence[Notice], sent: Sequence[datetime], now: datetime
) -> Parcel | None:
    there = session.get_one(Road, road)
    bundle = next_bundle([Waiting(row.id or 0, row.severity, row.held, row.message) for row in waiting], sent, now)
    if isinstance(bundle, Rest):
        for row in waiting:
            row.state, row.held, row.due = State.HELD, Wait.FLOOD, bundle.until
            session.add(row)
    if not isinstance(bundle, Bundle):
        return None
    chosen = [row for row in waiting if row.id in bundle.ids]
    key = bundle.message or f"waystation-{road}-{_key_of(chosen[0])}"
    for row in chosen:
        row.state, row.message, row.attempts, row.tried_at = State.SENDING, key, row.attempts + 1, now
        session.add(row)
    return Parcel(there, key, subjects(session, chosen))


def _key_of(notice: Notice) -> str:
    """An event goes by a road once; a reminder is its own."""
    return f"reminder-{notice.id}" if notice.event is None else str(notice.event)


def _sent(session: Session, roads: Mapping[int, object], now: datetime) -> dict[int, list[datetime]]:
    """When each road's messages went in the last minutes, the oldest first; safety is not counted."""
    query = (
        select(Notice.road, func.max(Notice.tried_at))
        .where(col(Notice.road).in_(list(roads)), col(Notice.tried_at) > now - WITHIN, Notice.severity != SAFETY)
        .group_by(col(Notice.road), col(Notice.message))
    )
    found: dict[int, list[datetime]] = {}
    for road, at in session.exec(query):
        if at is not None:
            found.setdefault(road, []).append(at)
    return {road: sorted(times) for road, times in found.items()}


def subjects(session: Session, notices: Sequence[Notice]) -> list[Said | Reminded]:
    """What these notices are about, in their order."""
    of_alerts = iter(_of_alerts(session, [one for one in notices if one.reminder is None]))
    reminders = iter(_reminders(session, [one for one in notices if one.reminder is not None]))
    return [next(of_alerts) if one.reminder is None else next(reminders) for one in notices]


def _reminders(session: Session, notices: Sequence[Notice]) -> list[Reminded]:
    query = select(Reminder).where(col(Reminder.id).in_({one.reminder for one in notices}))
    rows = {row.id: row for row in session.exec(query)} if notices else {}
    return [_reminded(rows[notice.reminder]) for notice in notices]


def _reminded(row: Reminder) -> Reminded:
    place, words = Text(row.place_zh, row.place_en), Text(row.zh, row.en)
    return Reminded(Reminding(row.what), row.path, row.number, place, words, row.at)


def _of_alerts(session: Session, notices: Sequence[Notice]) -> list[Said]:
    if not notices:
        return []
    alerts = {
        alert.id: alert for alert in session.exec(select(Alert).where(col(Alert.id).in_({n.alert for n in notices})))
    }
    events = {
        event.id: event
        for event in session.exec(select(AlertEvent).where(col(AlertEvent.id).in_({n.event for n in notices})))
    }
    named = {alert.station for alert in alerts.values()}
    places = stations.of_ids(session, named)
    labels = {(one.station, one.id): one for one in stations.facilities_of(session, named)}
    found = []
    for notice in notices:
        alert, event = alerts[notice.alert], events[notice.event]
        place, facility = places.get(alert.station), labels.get((alert.station, alert.facility or ""))
        label = WHOLE if alert.facility is None else Text(alert.facility, alert.facility)
        found.append(
            Said(
                alert=alert.id or 0, what=What(notice.what), severity=notice.severity,
                station=HUB if place is None else Text(place.name, place.name_en or place.name),
                address="" if place is None else place.address,
                facility=label if facility is None else Text(facility.label_zh, facility.label_en),
                cause=alert.cause, why=Text(alert.why_zh, alert.why_en), since=alert.first_symptom_at, at=event.at,
                words=Text(event.zh, event.en), bring=_bring(alert, None if facility is None else facility.kind),
            )
        )  # fmt: skip
    return found


def _bring(alert: Alert, kind: str | None) -> Text | None:
    things = to_bring(alert.rule, alert.cause, kind)
    return Text("、".join(one.zh for one in things), "; ".join(one.en for one in things)) if things else None
