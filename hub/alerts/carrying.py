"""Reactions carried out: alerts opened, raised, resolved and opened again, with their events, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from hub.alerts import journal
from hub.alerts.events import What
from hub.alerts.flapping import chatters, with_onset
from hub.alerts.holding import settle
from hub.alerts.reaction import Close, Fault, Open, Quiet, Reaction, Resolve, Return, Update
from hub.alerts.severity import severity_at
from hub.alerts.tables import Alert
from hub.stations.due import mark_due
from hub.stations.tables import Station
from hub.upsert import table_of
from shared.opening import Opening
from shared.text import Text

Where = tuple[str, str | None]
"""Station, facility; None: the station itself."""
CHATTERING = "chattering"
"""Why nobody is told of one more time a fault came or went."""
AWAY = Text("暂时恢复", "Away for now")
OFTEN = Text("反复出现，合并为一条报警", "It comes and goes: one alert from now on")
_LOUD = ("normal", "high", "safety")


@dataclass(frozen=True, slots=True)
class Happened:
    """An event to be written once it is known whether anybody is told."""

    alert: Alert
    what: What
    text: Text
    held: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


def carry_out(session: Session, found: Mapping[Where, Sequence[Reaction]], now: datetime) -> None:
    """Write what was decided; the stations are to be told."""
    happened = [
        one
        for (station, facility), reactions in found.items()
        for reaction in reactions
        for one in _apply(session, station, facility, reaction, now)
    ]
    session.flush()
    changed = {station for (station, _), reactions in found.items() if reactions}
    settle(session, changed, now, {one.alert.id or 0 for one in happened if one.what is What.OPENED})
    for one in happened:
        journal.write(session, one.alert, one.what, now, one.text, held=one.held, **one.data)
    session.flush()
    mark_due(session, changed - {""})


def _apply(session: Session, station: str, facility: str | None, reaction: Reaction, now: datetime) -> list[Happened]:
    match reaction:
        case Open(fault, base):
            return _open(session, station, facility, fault, base, now)
        case Update(number, fault, base):
            return _update(session, session.get_one(Alert, number), fault, base, now)
        case Return(number, fault, base):
            return _return(session, session.get_one(Alert, number), fault, base, now)
        case Quiet(number):
            alert = session.get_one(Alert, number)
            alert.quiet_since = now
            session.add(alert)
            return [Happened(alert, What.WORKS_AGAIN, AWAY, CHATTERING)]
        case Resolve(number, why):
            return [resolve(session, session.get_one(Alert, number), why, now)]
        case Close(number, why):
            return [close(session, session.get_one(Alert, number), why, now)]


def resolve(session: Session, alert: Alert, why: Text, now: datetime) -> Happened:
    """By the readings: they are the proof."""
    alert.resolved_at, alert.resolved_why_zh, alert.resolved_why_en = now, why.zh, why.en
    alert.proof_record, alert.chattering_since, alert.quiet_since = alert.spell, None, None
    session.add(alert)
    told = journal.was_told(session, alert.id or 0)
    return Happened(alert, What.WORKS_AGAIN, why, None if told else journal.UNTOLD, {"told": told})


def close(session: Session, alert: Alert, why: Text, now: datetime) -> Happened:
    """For good."""
    alert.closed_at, alert.closed_why_zh, alert.closed_why_en = now, why.zh, why.en
    session.add(alert)
    return Happened(alert, What.CLOSED, why)


def _open(
    session: Session, station: str, facility: str | None, fault: Fault, base: str, now: datetime
) -> list[Happened]:
    table = table_of(Alert)
    older = table.alias()
    last = (
        select(func.max(older.c.id))
        .where(older.c.station == station, older.c.facility.is_not_distinct_from(facility))
        .where(older.c.cause == fault.cause, older.c.problem == fault.problem)
        .scalar_subquery()
    )
    connection = session.connection()
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
    values = {
        "station": station, "facility": facility, "cause": fault.cause, "problem": fault.problem, "base": base,
        "severity": severity_at(base, _open_now(session, station, base, now)), "state": str(fault.state),
        "opened_at": now, "first_symptom_at": fault.since, "rule": fault.rule, "why_zh": fault.why.zh,
        "why_en": fault.why.en, "spell": fault.spell, "onsets": with_onset([], now), "earlier": last,
    }  # fmt: skip
    number = connection.execute(insert.values(**values).on_conflict_do_nothing().returning(table.c.id)).scalar()
    if number is not None:
        opened = session.get_one(Alert, number)
        data = {"rule": fault.rule, "first_symptom_at": fault.since.isoformat(), "base": base}
        return [Happened(opened, What.OPENED, fault.why, data=data)]
    same = select(Alert).where(Alert.station == station, col(Alert.facility).is_not_distinct_from(facility))
    same = same.where(Alert.cause == fault.cause, Alert.problem == fault.problem, col(Alert.closed_at).is_(None))
    there = session.exec(same).one()
    return [] if there.resolved_at is None else _return(session, there, fault, base, now)


def _update(session: Session, alert: Alert, fault: Fault, base: str, now: datetime) -> list[Happened]:
    before = alert.severity
    waits = before == "normal" and alert.base != "normal"
    _put(alert, fault, base)
    calm = waits or before == "normal"
    alert.severity = severity_at(base, not calm or _open_now(session, alert.station, base, now))
    session.add(alert)
    if _LOUD.index(alert.severity) <= _LOUD.index(before):
        return []
    return [Happened(alert, What.RAISED, fault.why, data={"from": before})]


def _return(session: Session, alert: Alert, fault: Fault, base: str, now: datetime) -> list[Happened]:
    was_resolved = alert.resolved_at is not None
    _put(alert, fault, base)
    alert.severity = severity_at(base, _open_now(session, alert.station, base, now))
    alert.onsets, alert.occurrences, alert.quiet_since = with_onset(alert.onsets, now), alert.occurrences + 1, None
    if was_resolved:
        alert.reopened, alert.reopened_at = alert.reopened + 1, now
        alert.resolved_at = alert.resolved_by = alert.resolved_why_zh = alert.resolved_why_en = None
        alert.proof_photo = alert.proof_record = alert.promised_at = None
        alert.acknowledged_at = alert.acknowledged_by = None
    session.add(alert)
    count = {"occurrences": alert.occurrences}
    if alert.chattering_since is not None:
        return [Happened(alert, What.REOPENED, fault.why, CHATTERING, count)]
    if chatters(alert.onsets, now):
        alert.chattering_since = now
        return [Happened(alert, What.FLAPPING, OFTEN, data=count)]
    return [Happened(alert, What.REOPENED, fault.why, data=count)]


def _put(alert: Alert, fault: Fault, base: str) -> None:
    alert.spell, alert.rule, alert.base, alert.state = fault.spell, fault.rule, base, str(fault.state)
    alert.why_zh, alert.why_en, alert.first_symptom_at = fault.why.zh, fault.why.en, fault.since


def _open_now(session: Session, station: str, base: str, now: datetime) -> bool:
    """Asked only where it makes a difference."""
    found = session.get(Station, station) if base == "high" else None
    return found is None or Opening.of(found.opening).is_open(now)
