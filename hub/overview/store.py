"""What several concepts know of stations, read together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from hub.accounts.tables import User
from hub.alerts import store as alerts
from hub.alerts.tables import Alert
from hub.checkins import store as checkins
from hub.feedback import store as feedback
from hub.health import store as health
from hub.overview.people import DAY, Passed, People, PeopleToday, days, today
from hub.overview.summary import Said, StationSummary, judged, left_to_people, said, worst_first
from hub.questions import store as questions
from hub.questions.asked import Asked
from hub.stations import store as stations
from hub.stations.tables import Station
from hub.telemetry import store as telemetry
from shared.opening import Opening, local_midnight
from shared.text import Text

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class StationView:
    """Everything the page of one station shows."""

    station: Station
    summary: StationSummary
    alerts: Sequence[Alert]
    people: PeopleToday
    said: Said
    questions: Sequence[Asked] = ()
    """What its rules ask now."""

    @property
    def labels(self) -> dict[str, Text]:
        """What its facilities are called."""
        summary = self.summary
        return {standing.facility: standing.label for standing in (*summary.standings, *summary.by_hand)}


def list_stations(session: Session, user: User, now: datetime) -> list[StationSummary]:
    """The stations this user may see, worst first."""
    seen = stations.visible_to(session, user)
    open_now = alerts.open_alerts(session, [station.id for station in seen])
    return worst_first(
        [_summary(session, station, sum(alert.station == station.id for alert in open_now), now) for station in seen]
    )


def view(session: Session, station: Station, now: datetime) -> StationView:
    """One station, as it is now."""
    open_now = alerts.open_alerts(session, [station.id])
    midnight = local_midnight(now)
    taps = checkins.check_ins(session, station.id, midnight, now)
    return StationView(
        station,
        _summary(session, station, len(open_now), now),
        open_now,
        today(now, _passed(session, station, midnight, now), [tap.at for tap in taps if not tap.burst]),
        said(
            [tap.burst for tap in taps],
            [row.score for row in feedback.feedback(session, station.id, midnight, now)],
        ),
        questions.open_at(session, station.id),
    )


def week(session: Session, station: Station, now: datetime) -> list[People]:
    """Who came on the last seven days, today first."""
    start = local_midnight(now) - DAY * (WEEK_DAYS - 1)
    taps = checkins.check_ins(session, station.id, start, now)
    return days(now, WEEK_DAYS, _passed(session, station, start, now), [tap.at for tap in taps if not tap.burst])


def _passed(session: Session, station: Station, start: datetime, end: datetime) -> list[Passed]:
    return [
        Passed(row.start, row.entered, row.left, row.undirected, row.occupancy, row.quality != "good")
        for row in telemetry.counts(session, station.id, start, end)
    ]


def _summary(session: Session, station: Station, open_count: int, now: datetime) -> StationSummary:
    heard = telemetry.heard(session, station.id)
    standings = health.standing(session, station.id, now)
    return StationSummary(
        id=station.id,
        name=Text(station.name, station.name_en or station.name),
        address=station.address,
        open_now=Opening.model_validate(station.opening).is_open(now),
        heard_at=None if heard is None else heard.at,
        loading=station.history_until is not None,
        alerts=open_count,
        standings=judged(standings),
        by_hand=left_to_people(standings),
    )
