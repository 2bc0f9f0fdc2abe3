"""Everything the page of one alert shows, read from the database: what must be known before anyone drives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from hub.alerts import journal, proving
from hub.alerts.bring import to_bring
from hub.alerts.events import What
from hub.alerts.tables import HUB, Alert, AlertEvent
from hub.health import present
from hub.health import store as health
from hub.health.measures import measure, shown
from hub.health.standing import FacilityStanding
from hub.health.tables import ProofRow, SpellRow
from hub.health.words import rule_name
from hub.maintenance import store as maintenance
from hub.maintenance.tables import WindowRow
from hub.questions import store as questions
from hub.questions.asked import Asked
from hub.stations import heads
from hub.stations import store as stations
from hub.stations.tables import Facility, Station, StationHead, UnitRow
from hub.telemetry import store as telemetry
from shared.envelope import LiveFacility
from shared.records import WiredDevice
from shared.text import Text

EARLIER = 5
"""Alerts of the same facility that are told of."""
READINGS = 5
"""Proofs after the repair a form offers."""
LIVE = timedelta(hours=2)
"""How old a reading may be to say something of now."""
FRESH, AHEAD = timedelta(seconds=150), timedelta(minutes=2)
"""A station says what is live every minute, and at once when a state changes; its clock may be a little ahead."""
TOLD = (What.COMMENT, What.RESOLVED, What.WORKS_AGAIN, What.UNIT_REPLACED)
"""What is worth telling of an earlier one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The newest value of one quantity."""

    quantity: str
    value: float
    at: datetime
    """When the station said so; of a quarter-hour its end."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An alert of the same facility, and what was tried."""

    alert: Alert
    told: Sequence[AlertEvent]


@dataclass(frozen=True, slots=True)
class AlertView:
    """One alert with what it is about."""

    alert: Alert
    station: Station | None
    """None: the hub itself."""
    facility: Facility | None
    """None: the station itself, or a facility that has been removed."""
    spell: SpellRow | None
    """None: it rests on silence, or on what people say."""
    standing: FacilityStanding | None
    """What the facility is now. None: as facility."""
    unit: UnitRow | None
    devices: Sequence[WiredDevice]
    """What measures it; of a station that does not say which, all it has."""
    events: Sequence[AlertEvent]
    earlier: Sequence[Earlier]
    bring: Sequence[Text]
    exit: Text
    readings: Sequence[Reading]
    proofs: Sequence[ProofRow]
    """Function shown since it was opened, the newest first."""
    asked: Sequence[Asked]
    head: StationHead | None
    """Whom to ask at the station. None: it has no head, or this is about the hub."""
    windows: Sequence[WindowRow]
    """Not over yet."""
    on_site: WindowRow | None
    above: Alert | None
    """The alert it is inhibited by."""
    below: Sequence[Alert]
    """Those it inhibits."""


def view(session: Session, alert: Alert, now: datetime, live: LiveFacility | None = None) -> AlertView:
    """Of one alert, as it is now. `live`: what the station says of the facility at this moment, where it does."""
    station = None if alert.station == HUB else stations.get(session, alert.station)
    standing_there = stations.facilities(session, alert.station) if station is not None else []
    facility = next((one for one in standing_there if one.id == alert.facility), None)
    now_is = [] if station is None else present.standing(session, station.id, now)
    kind = None if alert.facility is None else alert.facility.rpartition("-")[0]
    windows = maintenance.current(session, [alert.station], now).get(alert.station, [])
    return AlertView(
        alert=alert,
        station=station,
        facility=facility,
        spell=None if alert.spell is None else health.spell(session, alert.spell),
        standing=next((one for one in now_is if one.facility == alert.facility), None),
        unit=None if facility is None else stations.unit(session, facility),
        devices=_devices(session, alert),
        events=journal.of_alert(session, alert.id or 0),
        earlier=_earlier(session, alert),
        bring=to_bring(alert.rule, alert.cause, kind),
        exit=proving.in_words(alert.rule, {} if facility is None else facility.options),
        readings=[] if facility is None else _readings(session, alert, facility, now, live),
        proofs=proofs_after(session, alert),
        asked=_asked(session, alert),
        head=None if station is None else heads.head(session, station.id),
        windows=[row for row in windows if row.facility in (None, alert.facility)],
        on_site=maintenance.on_site(session, alert.station, now),
        above=None if alert.inhibited_by is None else session.get(Alert, alert.inhibited_by),
        below=below(session, alert),
    )


def below(session: Session, alert: Alert, most: int = 50) -> Sequence[Alert]:
    """The open alerts this one holds back."""
    query = select(Alert).where(Alert.inhibited_by == alert.id, col(Alert.closed_at).is_(None))
    return session.exec(query.where(col(Alert.resolved_at).is_(None)).order_by(col(Alert.id)).limit(most)).all()


def proofs_after(session: Session, alert: Alert) -> Sequence[ProofRow]:
    """Function shown since the alert was opened, or opened again."""
    if alert.facility is None:
        return []
    since = alert.reopened_at or alert.opened_at
    query = select(ProofRow).where(ProofRow.station == alert.station, ProofRow.facility == alert.facility)
    query = query.where(ProofRow.proved_at > since).order_by(col(ProofRow.proved_at).desc())
    return session.exec(query.limit(READINGS)).all()


def proof_words(proof: ProofRow) -> Text:
    """What a proof read, in words."""
    name = rule_name(proof.rule)
    figures = [(measure(key).label, shown(key, value)) for key, value in proof.values.items()]
    zh = "，".join([name.zh, *(f"{label.zh} {value}" for label, value in figures)])
    en = ", ".join([name.en, *(f"{label.en} {value}" for label, value in figures)])
    return Text(zh, en)


def _devices(session: Session, alert: Alert) -> list[WiredDevice]:
    told = stations.facts(session, alert.station)
    every = [] if told is None else [WiredDevice.model_validate(one) for one in told.devices]
    its = [one for one in every if alert.facility in one.facilities]
    return its or ([] if any(one.facilities for one in every) and alert.facility is not None else every)


def _earlier(session: Session, alert: Alert) -> list[Earlier]:
    query = select(Alert).where(
        Alert.station == alert.station, col(Alert.facility).is_not_distinct_from(alert.facility)
    )
    query = query.where(Alert.id != alert.id).order_by(col(Alert.opened_at).desc(), col(Alert.id).desc())
    rows = session.exec(query.limit(EARLIER)).all()
    told = journal.of_alerts(session, [row.id or 0 for row in rows], TOLD) if rows else {}
    return [Earlier(row, told.get(row.id or 0, [])) for row in rows]


def _readings(
    session: Session, alert: Alert, facility: Facility, now: datetime, live: LiveFacility | None
) -> list[Reading]:
    fresh = {} if live is None or not -AHEAD <= now - live.at <= FRESH else live.values
    found = []
    for quantity in proving.watched(alert.rule, facility.quantities):
        if live is not None and quantity in fresh:
            found.append(Reading(quantity, fresh[quantity], min(now, live.at)))
        elif series := telemetry.series(session, facility.station, facility.id, quantity, now - LIVE, now):
            found.append(Reading(quantity, series[-1].mean, min(now, series[-1].start + timedelta(minutes=15))))
    return found


def _asked(session: Session, alert: Alert) -> list[Asked]:
    if alert.station == HUB:
        return []
    asked = questions.open_at(session, alert.station)
    return [one for one in asked if alert.facility in (None, one.facility)]
