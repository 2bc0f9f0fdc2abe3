"""What the hub does because time passes: silence, reactions that were missed, settings that changed.

One process does it at a time, by a lease row; all is derived from what is stored, so a tick may be lost or repeated.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from hub.alerts import store as alerts
from hub.alerts.reaction import react_to_silence
from hub.alerts.tables import Alert
from hub.feedback import store as feedback
from hub.feedback.tables import StatementRow
from hub.health import store as health
from hub.stations import store as stations
from hub.stations.roster import UNNUMBERED, digest, settings_of
from hub.stations.tables import Station, UnitRow
from hub.telemetry import store as telemetry
from hub.telemetry.silence import silence
from shared import topics
from shared.opening import Opening
from shared.settings_message import Answer, OpenAlert, StationSettings
from shared.text import Text

TICK_S = 5.0
TIDY_EVERY_MIN = 5
LEASE = "clock"
LEASE_LENGTH = timedelta(seconds=30)
ECHOED = timedelta(days=14)
"""How long an answer is told to its station: one given on the hub's page must reach the judge."""
MOST_ECHOED = 200
"""Of one station, the newest: settings stay a small message."""

Publish = Callable[[str, str], None]
"""(topic, payload), retained."""
_log = structlog.get_logger("clock")


def now() -> datetime:
    """The hub's time, UTC."""
    return datetime.now(UTC)


def tick(engine: Engine, holder: str, publish: Publish, everything: bool, at: datetime) -> bool:
    """One round. `everything`: publish all settings, changed or not, as after a broker's restart.

    False: another process holds the lease, nothing was done.
    """
    with Session(engine) as session:
        held = telemetry.take_lease(session, LEASE, holder, at, LEASE_LENGTH)
        session.commit()
    if not held:
        return False
    with Session(engine) as session:
        judge_silence(session, at)
        session.commit()
    if at.minute % TIDY_EVERY_MIN == 0:
        with Session(engine) as session:
            for spell in health.end_contradicted(session, at):
                _log.warning(
                    "a spell nobody ended is over", station=spell.station, facility=spell.facility, rule=spell.rule
                )
            session.commit()
    with Session(engine) as session:
        alerts.react_to(session, health.faulty_places(session) | alerts.open_places(session), at)
        session.commit()
    with Session(engine) as session:
        messages = changed_settings(session, everything, at)
        session.commit()
    # After the commit: a number that was published stands.
    for station, settings in messages:
        publish(topics.settings(station), settings.model_dump_json())
    return True


def let_go(engine: Engine, holder: str) -> None:
    """Leave the lease to whoever comes next, without a wait."""
    with Session(engine) as session:
        telemetry.drop_lease(session, LEASE, holder)
        session.commit()


def judge_silence(session: Session, at: datetime) -> None:
    """Open and close the alerts of stations that fell silent or are heard again."""
    heard = telemetry.all_heard(session)
    registered = [station for station in stations.all_stations(session) if station.revoked_at is None]
    last = [row.at for row in heard.values() if row.at is not None]
    listened = telemetry.listened(session, min(last, default=at))
    known = alerts.every_open(session)
    for station in registered:
        row = heard.get(station.id)
        if row is None or row.at is None:
            # Never heard: it is not installed yet.
            continue
        judged = silence(row.at, at, listened, Opening.model_validate(station.opening))
        standing = [alerts.known_of(alert) for alert in known.get(station.id, []) if alert.facility is None]
        reactions = react_to_silence(judged, standing)
        if reactions:
            _log.info("silence", station=station.id, silent=judged.silent, since=row.at.isoformat())
            alerts.carry_out(session, station.id, None, reactions, at)


def changed_settings(session: Session, everything: bool, at: datetime) -> list[tuple[str, StationSettings]]:
    """The settings to publish, numbered: those whose content changed, or all."""
    found: list[tuple[str, StationSettings]] = []
    registered = [station for station in stations.all_stations(session) if station.revoked_at is None]
    open_of, units = alerts.every_open(session), stations.units(session)
    said = feedback.statements_since(session, at - ECHOED, MOST_ECHOED)
    for station in registered:
        told = _settings(
            station, open_of.get(station.id, []), units.get(station.id, {}), said.get(station.id, []), UNNUMBERED
        )
        if stations.number_settings(session, station, digest(told)) or everything:
            found.append((station.id, told.model_copy(update={"number": station.settings_number})))
    return found


def _settings(
    station: Station, open_: Sequence[Alert], units: Mapping[str, UnitRow], said: Sequence[StatementRow], number: int
) -> StationSettings:
    told = [
        OpenAlert(facility=alert.facility, opened_at=alert.opened_at, acknowledged=alert.acknowledged_at is not None)
        for alert in open_
    ]
    name = Text(station.name, station.name_en)
    opening = Opening.model_validate(station.opening)
    return settings_of(
        number,
        name,
        opening,
        station.commissioned_at,
        told,
        units={facility: row.name for facility, row in sorted(units.items())},
        answers=[
            Answer(question=row.question, facility=row.facility, answer=row.answer, by=row.by, at=row.at)
            for row in said
        ],
    )
