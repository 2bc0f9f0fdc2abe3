"""The figures of alerts, asked of the database: a few statements, whatever the number of stations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import BigInteger, ColumnElement, Float, Integer, case, cast, func, or_, type_coerce
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from hub.alerts.events import What
from hub.alerts.numbers import DAY_S, OFFSET_S, Opened
from hub.alerts.store import by_time
from hub.alerts.tables import Alert, AlertEvent

TOP = 10
_SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Standing:
    """What is open now and not repaired."""

    open: int
    day: int
    """For longer than a day."""
    week: int
    chattering: int


@dataclass(frozen=True, slots=True)
class Often:
    """A place and cause, and how often it came in the window."""

    station: str
    facility: str | None
    cause: str
    alerts: int
    times: int
    """With relapses and flaps."""


def opened(session: Session, stations: SelectOfScalar[str], since: datetime) -> Sequence[Opened]:
    """The alerts opened since then. The database counts: a time that becomes an object costs more than the answer."""
    times: list[Any] = [col(Alert.opened_at), col(Alert.acknowledged_at), col(Alert.resolved_at)]
    if session.connection().dialect.name == "sqlite":
        at, *later = (type_coerce(column, BigInteger) for column in times)
        day = (at + OFFSET_S * _SECOND) / (DAY_S * _SECOND)
        took = [(column - at) / float(_SECOND) for column in later]
    else:
        at, *later = times
        day = func.floor((func.extract("epoch", at) + OFFSET_S) / DAY_S)
        took = [cast(func.extract("epoch", column - at), Float) for column in later]
    chosen: list[Any] = [cast(day, Integer), Alert.severity, *took, Alert.acknowledged_by]
    query = sqlalchemy.select(*chosen).where(*_within(stations, since))
    return session.connection().execute(query).all()


def standing(session: Session, stations: SelectOfScalar[str], now: datetime) -> Standing:
    """Open, and for how long."""
    longer = [
        func.sum(case((col(Alert.opened_at) < now - age, 1), else_=0)) for age in (timedelta(days=1), timedelta(days=7))
    ]
    chattering = func.sum(case((col(Alert.chattering_since).is_not(None), 1), else_=0))
    query = select(func.count(), *longer, chattering).select_from(Alert)  # type: ignore[call-overload]
    holds = (col(Alert.closed_at).is_(None), col(Alert.resolved_at).is_(None), by_time(Alert.station).in_(stations))
    row = session.connection().execute(query.where(*holds)).one()
    return Standing(*(int(number or 0) for number in row))


def most_often(session: Session, stations: SelectOfScalar[str], since: datetime) -> Sequence[Often]:
    """The places and causes that came most often."""
    times = func.sum(Alert.occurrences + Alert.reopened)
    station = by_time(Alert.station)
    query = (
        select(station, Alert.facility, Alert.cause, func.count(), times)  # type: ignore[call-overload]
        .where(*_within(stations, since))
        .group_by(station, Alert.facility, Alert.cause)
        .order_by(times.desc(), station, Alert.facility, Alert.cause)
        .limit(TOP)
    )
    return [Often(*row) for row in session.connection().execute(query)]


def inhibited(session: Session, stations: SelectOfScalar[str], since: datetime) -> int:
    """Of the alerts opened since then, those nobody was told of, because one above them said it already."""
    held = or_(col(AlertEvent.what) == What.INHIBITED, col(AlertEvent.held).is_not(None))
    query = select(func.count(func.distinct(AlertEvent.alert))).where(
        col(AlertEvent.what).in_([What.INHIBITED, What.OPENED]), AlertEvent.at >= since, held,
        col(AlertEvent.station).in_(stations),
    )  # fmt: skip
    return session.exec(query).one()


def _within(stations: SelectOfScalar[str], since: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Alert.opened_at) >= since, by_time(Alert.station).in_(stations)
