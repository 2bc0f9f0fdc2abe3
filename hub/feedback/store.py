"""Scores, fault reports and answers: reading and writing."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from hub.feedback.tables import FaultReportRow, FeedbackRow, StatementRow
from hub.stations.due import mark_due, mark_visits
from hub.upsert import Row, table_of, upsert


def put_feedback(session: Session, rows: Iterable[Row]) -> int:
    """By record id. Returns how many were not there before."""
    said = list(rows)
    mark_visits(session, ((row["station"], row["at"], row["received_at"]) for row in said))
    return upsert(session, FeedbackRow, said)


def put_fault_reports(session: Session, rows: Iterable[Row]) -> int:
    """By record id. Returns how many were not there before."""
    return upsert(session, FaultReportRow, rows)


def put_statements(session: Session, rows: Iterable[Row]) -> int:
    """By record id. Returns how many were not there before."""
    said = list(rows)
    mark_due(session, {row["station"] for row in said})
    return upsert(session, StatementRow, said)


def mark_retracted(session: Session, undone: Collection[tuple[str, str]]) -> None:
    """Mark what was taken back, by record and the station that says so; only a station's own."""
    mark_due(session, {station for _, station in undone})
    for model in (FeedbackRow, FaultReportRow, StatementRow):
        table = table_of(model)
        for record, station in sorted(undone):
            session.connection().execute(
                update(table).where(table.c.id == record, table.c.station == station).values(retracted=True)
            )
    for record, station in sorted(undone):
        row = session.get(FeedbackRow, record)
        if row is not None and row.station == station:
            mark_visits(session, [(station, row.at, row.received_at)])


def feedback(session: Session, station: str, start: datetime, end: datetime) -> Sequence[FeedbackRow]:
    """Scores that stand, in [start, end), newest first."""
    return session.exec(
        select(FeedbackRow)
        .where(FeedbackRow.station == station, FeedbackRow.at >= start, FeedbackRow.at < end)
        .where(col(FeedbackRow.retracted).is_(False))
        .order_by(col(FeedbackRow.at).desc(), col(FeedbackRow.id))
    ).all()


def fault_reports(session: Session, station: str, start: datetime, end: datetime) -> Sequence[FaultReportRow]:
    """Fault reports that stand, in [start, end), newest first."""
    return session.exec(
        select(FaultReportRow)
        .where(FaultReportRow.station == station, FaultReportRow.at >= start, FaultReportRow.at < end)
        .where(col(FaultReportRow.retracted).is_(False))
        .order_by(col(FaultReportRow.at).desc(), col(FaultReportRow.id))
    ).all()


def statements(session: Session, station: str, start: datetime, end: datetime) -> Sequence[StatementRow]:
    """Answers that stand, in [start, end), newest first."""
    return session.exec(
        select(StatementRow)
        .where(StatementRow.station == station, StatementRow.at >= start, StatementRow.at < end)
        .where(col(StatementRow.retracted).is_(False))
        .order_by(col(StatementRow.at).desc(), col(StatementRow.id))
    ).all()


def answers_to(session: Session, asked: Collection[tuple[str, str]]) -> Sequence[StatementRow]:
    """Answers that stand to these (station, question)."""
    wanted = set(asked)
    rows = session.exec(
        select(StatementRow)
        .where(col(StatementRow.station).in_({station for station, _ in wanted}))
        .where(col(StatementRow.question).in_({question for _, question in wanted}))
        .where(col(StatementRow.retracted).is_(False))
    )
    return [row for row in rows if (row.station, row.question) in wanted]


def statements_since(
    session: Session, some: Collection[str], since: datetime, most: int
) -> dict[str, list[StatementRow]]:
    """Answers that stand, of these stations, the oldest first; of each station the newest `most`."""
    found: dict[str, list[StatementRow]] = {}
    rows = session.exec(
        select(StatementRow)
        .where(col(StatementRow.station).in_(some), StatementRow.at >= since)
        .where(col(StatementRow.retracted).is_(False))
        .order_by(col(StatementRow.at), col(StatementRow.id))
    )
    for row in rows:
        found.setdefault(row.station, []).append(row)
    return {station: told[-most:] for station, told in found.items()}


def untold_reports(session: Session, received: datetime, said: datetime, most: int) -> Sequence[FaultReportRow]:
    """Fault reports that stand, received and said since then, and told to no alert, the oldest first."""
    query = select(FaultReportRow).where(
        col(FaultReportRow.alert).is_(None), FaultReportRow.received_at >= received, FaultReportRow.at >= said
    )
    query = query.where(col(FaultReportRow.retracted).is_(False))
    return session.exec(query.order_by(col(FaultReportRow.received_at), col(FaultReportRow.id)).limit(most)).all()


def reports_of(session: Session, alerts: Collection[int]) -> dict[int, list[FaultReportRow]]:
    """The fault reports told to these alerts, by alert, taken back or not, the oldest first."""
    found: dict[int, list[FaultReportRow]] = {}
    query = select(FaultReportRow).where(col(FaultReportRow.alert).in_(alerts))
    for row in session.exec(query.order_by(col(FaultReportRow.at), col(FaultReportRow.id))):
        if row.alert is not None:
            found.setdefault(row.alert, []).append(row)
    return found
