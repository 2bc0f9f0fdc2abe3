"""The figures of alerts, asked of the database: a few statements, whatever the number of stations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, case, func, or_, type_coerce
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from hub.alerts.events import What
from hub.alerts.numbers import Opened
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


def opened(session: Session, stations: SelectOfScalar[str], since: datetime) -> Iterator[Opened]:
    """The alerts opened since then, as the database has their times: fifty thousand are read in a tenth of a second."""
    connection = session.connection()
    times = [col(Alert.opened_at), col(Alert.acknowledged_at), col(Alert.resolved_at)]
    where = _within(stations, since)
    if connection.dialect.name == "sqlite":
        plain = [type_coerce(column, BigInteger) for column in times]
        rows = connection.execute(select(*plain, Alert.severity, Alert.acknowledged_by).where(*where))  # type: ignore[call-overload]
        for at, acknowledged, resolved, severity, by in rows:
            yield (
                at / _SECOND,
                None if acknowledged is None else acknowledged / _SECOND,
                None if resolved is None else resolved / _SECOND,
                severity,
                by,
            )
        return
    epochs = [func.extract("epoch", column) for column in times]
    rows = connection.execute(select(*epochs, Alert.severity, Alert.acknowledged_by).where(*where))  # type: ignore[call-overload]
    for at, acknowledged, resolved, severity, by in rows:
        yield (
            float(at),
            None if acknowledged is None else float(acknowledged),
            None if resolved is None else float(resolved),
            severity,
            by,
        )


def standing(session: Session, stations: SelectOfScalar[str], now: datetime) -> Standing:
    """Open, and for how long."""
    longer = [
        func.sum(case((col(Alert.opened_at) < now - age, 1), else_=0)) for age in (timedelta(days=1), timedelta(days=7))
    ]
    chattering = func.sum(case((col(Alert.chattering_since).is_not(None), 1), else_=0))
    query = select(func.count(), *longer, chattering).select_from(Alert)  # type: ignore[call-overload]
    holds = (col(Alert.closed_at).is_(None), col(Alert.resolved_at).is_(None), col(Alert.station).in_(stations))
    row = session.connection().execute(query.where(*holds)).one()
    return Standing(*(int(number or 0) for number in row))


def most_often(session: Session, stations: SelectOfScalar[str], since: datetime) -> Sequence[Often]:
    """The places and causes that came most often."""
    times = func.sum(Alert.occurrences + Alert.reopened)
    query = (
        select(Alert.station, Alert.facility, Alert.cause, func.count(), times)  # type: ignore[call-overload]
        .where(*_within(stations, since))
        .group_by(Alert.station, Alert.facility, Alert.cause)
        .order_by(times.desc(), Alert.station, Alert.facility, Alert.cause)
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
    return col(Alert.opened_at) >= since, col(Alert.station).in_(stations)
