"""What stations are told of themselves: their settings, made of what is stored, and numbered when they change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec.structs import replace
from sqlmodel import Session

from hub.alerts import store as alerts
from hub.alerts.reported import PEOPLE_RULE, problem_of, subject_of
from hub.alerts.tables import Alert
from hub.feedback import store as feedback
from hub.feedback.tables import FaultReportRow, StatementRow
from hub.feedback.voices import voices
from hub.maintenance import store as maintenance
from hub.maintenance.tables import WindowRow
from hub.notices.delivered import first_told
from hub.stations import store as stations
from hub.stations.roster import UNNUMBERED, digest, settings_of
from hub.stations.tables import Station, UnitRow
from shared.opening import Opening
from shared.settings_message import Answer, MaintenanceWindow, OpenAlert, Repaired, StationSettings
from shared.text import Text

ECHOED = timedelta(days=14)
"""How long an answer is told to its station: one given on the hub's page must reach the judge."""
REPAIRED = timedelta(days=7)
"""How long a station may show what was repaired."""
MOST_REPAIRED = 20
MOST_ECHOED = 200
"""Of one station, the newest: settings stay a small message."""


def changed_settings(
    session: Session, some: Collection[str], everything: bool, at: datetime, public_url: str = ""
) -> list[tuple[str, str]]:
    """The settings of these stations to publish, numbered, as (station, payload): those whose content changed, or all.

    Of so few stations that one statement can name them. `public_url` is where phones reach the hub.
    """
    if not some:
        return []
    open_of, repaired = alerts.open_and_repaired(session, some, at - REPAIRED)
    heard = _heard_of(session, open_of, repaired)
    units, worked_on = stations.units(session, some), maintenance.current(session, some, at)
    said = feedback.statements_since(session, some, at - ECHOED, MOST_ECHOED)
    found = []
    for station in stations.of_ids(session, some).values():
        if station.revoked_at is not None:
            continue
        told = _settings(
            station,
            open_of.get(station.id, []),
            units.get(station.id, {}),
            said.get(station.id, []),
            repaired.get(station.id, []),
            worked_on.get(station.id, []),
            public_url,
            heard,
        )
        if stations.number_settings(session, station, digest(told)) or everything:
            numbered = replace(told, number=station.settings_number)
            found.append((station.id, numbered.json().decode()))
    return found


@dataclass(frozen=True, slots=True)
class _Heard:
    """What people said of alerts, and whether anybody was told of them."""

    said: Mapping[int, Sequence[FaultReportRow]]
    told: Mapping[int, datetime]

    def _of(self, alert: Alert) -> list[FaultReportRow]:
        return [row for row in self.said.get(alert.id or 0, ()) if not row.retracted]

    def danger(self, alert: Alert) -> bool:
        """Somebody reported danger and has not taken it back."""
        return any(row.danger for row in self._of(alert))

    def people(self, alert: Alert) -> int:
        """How many said so."""
        return voices(row.at for row in self._of(alert))


def _heard_of(session: Session, *some: Mapping[str, Sequence[Alert]]) -> _Heard:
    rows = [alert for by_station in some for alerts_ in by_station.values() for alert in alerts_]
    reported = [row.id or 0 for row in rows if row.problem]
    still = {row.id or 0: row.reopened_at or row.opened_at for row in rows if row.resolved_at is None}
    return _Heard(
        feedback.reports_of(session, reported) if reported else {}, first_told(session, still) if still else {}
    )


def _settings(
    station: Station,
    open_: Sequence[Alert],
    units: Mapping[str, UnitRow],
    said: Sequence[StatementRow],
    repaired: Sequence[Alert],
    worked_on: Sequence[WindowRow],
    public_url: str,
    heard: "_Heard",
) -> StationSettings:
    told = [
        OpenAlert(
            facility=alert.facility,
            subject=subject_of(alert.facility, _reported(alert)),
            problem=problem_of(alert.facility, _reported(alert)),
            opened_at=alert.opened_at,
            acknowledged=alert.acknowledged_at is not None,
            promised_at=alert.promised_at,
            danger=heard.danger(alert),
            notified_at=heard.told.get(alert.id or 0),
        )
        for alert in open_
    ]
    name = Text(station.name, station.name_en)
    opening = Opening.of(station.opening)
    return settings_of(
        UNNUMBERED,
        name,
        opening,
        station.commissioned_at,
        told,
        public_url=public_url.rstrip("/"),
        maintenance=[MaintenanceWindow(facility=row.facility, start=row.start, end=row.end) for row in worked_on],
        repaired=[
            Repaired(
                facility=subject,
                problem=problem_of(alert.facility, _reported(alert)),
                by_person=alert.resolved_by is not None,
                opened_at=alert.opened_at,
                repaired_at=at,
                reports=heard.people(alert),
            )
            for alert, subject, at in _put_right(repaired)[-MOST_REPAIRED:]
        ],
        units={facility: row.name for facility, row in sorted(units.items())},
        answers=[
            Answer(question=row.question, facility=row.facility, answer=row.answer, by=row.by, at=row.at)
            for row in said
        ],
    )


def _put_right(resolved: Sequence[Alert]) -> list[tuple[Alert, str, datetime]]:
    """Of what is over that which was repaired or works again, with what a worker would name, and since when.

    What people reported no reading ends: where nobody says that it was put right, it was taken back.
    """
    found = []
    for alert in resolved:
        subject = alert.facility or subject_of(alert.facility, _reported(alert))
        taken_back = bool(_reported(alert)) and alert.resolved_by is None
        if subject is not None and alert.resolved_at is not None and not taken_back:
            found.append((alert, subject, alert.resolved_at))
    return found


def _reported(alert: Alert) -> str:
    """What people said; empty: a rule spoke, of a line of meters perhaps."""
    return alert.problem if alert.rule == PEOPLE_RULE else ""
