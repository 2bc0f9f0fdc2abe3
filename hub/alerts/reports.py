"""What people report becomes alerts, in the database: one a facility and problem, and one more report is counted."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from hub.alerts import journal
from hub.alerts.carrying import carry_out, resolve
from hub.alerts.events import What
from hub.alerts.reaction import STILL_NEWS, Fault, Open
from hub.alerts.reported import PEOPLE_RULE, key_of, why
from hub.alerts.severity import SEVERITIES, reported_severity, severity_at
from hub.alerts.store import HOLDS
from hub.alerts.tables import Alert
from hub.feedback import store as feedback
from hub.feedback.tables import BY_THE_WALL, FaultReportRow
from hub.feedback.voices import voices
from hub.stations import store as stations
from hub.stations.due import mark_due
from hub.stations.tables import Station
from shared.opening import Opening
from shared.states import Cause, State
from shared.text import Text

RECEIVED_WITHIN = timedelta(days=1)
"""What was received earlier and told to nobody is from before there were such alerts."""
TAKEN_BACK = Text("报告的人撤回了", "Whoever reported it took it back")

Key = tuple[str, str | None, str]
"""Station, facility, problem."""


def react_to_reports(session: Session, now: datetime, most: int) -> None:
    """Tell each report to its alert, opening it where there is none; resolve what was taken back."""
    rows = feedback.untold_reports(session, now - RECEIVED_WITHIN, now - STILL_NEWS, most)
    if rows:
        standing = {(one.station, one.id) for one in stations.facilities_of(session, {row.station for row in rows})}
        grouped: dict[Key, list[FaultReportRow]] = {}
        for row in rows:
            facility, problem = key_of(row.subject, row.problem, (row.station, row.subject) in standing)
            grouped.setdefault((row.station, facility, problem), []).append(row)
        for key, some in grouped.items():
            _tell(session, key, some, now)
    _take_back(session, now, most)
    session.flush()


def _tell(session: Session, key: Key, rows: Sequence[FaultReportRow], now: datetime) -> None:
    station, facility, problem = key
    danger = any(row.danger for row in rows)
    alert = _not_closed(session, key)
    if alert is None or alert.resolved_at is not None:
        since = min(row.at for row in rows)
        said = why(facility, problem, len(rows), _by_the_wall(rows))
        fault = Fault(State.DEGRADED, str(Cause.UNKNOWN), since, since, PEOPLE_RULE, said, None, problem)
        carry_out(
            session,
            {(station, facility): [Open(fault, reported_severity(danger, voices(row.at for row in rows)))]},
            now,
        )
        alert = _not_closed(session, key)
        if alert is None:
            return
        alert.occurrences = max(alert.occurrences, len(rows))
    else:
        _count(session, alert, danger, rows, now)
    for row in rows:
        row.alert = alert.id
        session.add(row)
    session.add(alert)


def _count(session: Session, alert: Alert, danger: bool, rows: Sequence[FaultReportRow], now: datetime) -> None:
    alert.occurrences += len(rows)
    told = [row for row in feedback.reports_of(session, [alert.id or 0]).get(alert.id or 0, []) if not row.retracted]
    said = why(alert.facility, alert.problem, alert.occurrences, _by_the_wall((*told, *rows)))
    alert.why_zh, alert.why_en = said.zh, said.en
    people = voices(row.at for row in (*told, *rows))
    base, before = reported_severity(danger or alert.base == "safety", people), alert.severity
    if SEVERITIES.index(base) < SEVERITIES.index(alert.base):
        found = session.get(Station, alert.station)
        open_now = found is None or Opening.of(found.opening).is_open(now)
        alert.base, alert.severity = base, severity_at(base, open_now)
    raised = alert.severity != before
    what = What.RAISED if raised else What.REPORTED
    data: dict[str, Any] = {"occurrences": alert.occurrences} | ({"from": before} if raised else {})
    # One more voice is counted; only a louder alert is told again.
    journal.write(session, alert, what, now, said, held=None if raised else "counted", **data)
    mark_due(session, [alert.station])


def _by_the_wall(rows: Sequence[FaultReportRow]) -> int:
    return sum(row.method == BY_THE_WALL for row in rows)


def _take_back(session: Session, now: datetime, most: int) -> None:
    back = (
        select(FaultReportRow.alert)
        .where(col(FaultReportRow.retracted).is_(True), FaultReportRow.received_at >= now - RECEIVED_WITHIN)
        .where(col(FaultReportRow.alert).is_not(None))
    )
    query = select(Alert).where(HOLDS, Alert.problem != "", col(Alert.id).in_(back))
    rows = session.exec(query.limit(most)).all()
    said = feedback.reports_of(session, [row.id or 0 for row in rows]) if rows else {}
    for alert in rows:
        if all(report.retracted for report in said.get(alert.id or 0, [])):
            happened = resolve(session, alert, TAKEN_BACK, now)
            journal.write(session, alert, happened.what, now, happened.text, held=happened.held, **happened.data)
            mark_due(session, [alert.station])


def _not_closed(session: Session, key: Key) -> Alert | None:
    station, facility, problem = key
    query = select(Alert).where(Alert.station == station, col(Alert.facility).is_not_distinct_from(facility))
    return session.exec(query.where(Alert.problem == problem, col(Alert.closed_at).is_(None))).first()
