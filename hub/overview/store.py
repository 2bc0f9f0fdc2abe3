"""The page of one station: what several concepts know of it, read together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from hub.alerts import store as alerts
from hub.alerts.tables import Alert
from hub.checkins import store as checkins
from hub.checkins.counting import counting, left_out
from hub.feedback import store as feedback
from hub.overview.boxes import told
from hub.overview.given_up import GivenUp, given_up
from hub.overview.people import DAY, Passed, People, PeopleToday, days, today
from hub.overview.summary import Said, StationSummary, said
from hub.overview.summary_store import summaries
from hub.questions import store as questions
from hub.questions.asked import Asked as Question
from hub.stations.tables import Station
from hub.telemetry import boots
from hub.telemetry import store as telemetry
from hub.unions import store as unions
from shared.opening import local_midnight
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
    questions: Sequence[Question] = ()
    """What its rules ask now."""
    boxes: Sequence[Text] = ()
    """What is odd about the box that speaks for it."""
    given_up: GivenUp | None = None
    """What its outbox had to give up, ever. None: nothing."""
    hangs_in: Sequence[Text] = ()
    """Its place in each tree, from the root down to its own union."""

    @property
    def labels(self) -> dict[str, Text]:
        """What its facilities are called."""
        summary = self.summary
        return {standing.facility: standing.label for standing in (*summary.standings, *summary.by_hand)}


def view(session: Session, station: Station, now: datetime) -> StationView:
    """One station, as it is now."""
    open_now = alerts.open_alerts(session, [station.id])
    midnight = local_midnight(now)
    taps = checkins.check_ins(session, station.id, midnight, now)
    return StationView(
        station,
        summaries(session, [station.id], {station.id: len(open_now)}, now)[0],
        open_now,
        today(now, _passed(session, station, midnight, now), [tap.at for tap in counting(taps)]),
        said(
            left_out(taps),
            [row.score for row in feedback.feedback(session, station.id, midnight, now)],
        ),
        questions.open_at(session, station.id),
        told(boots.boots(session, station.id), now),
        given_up(telemetry.gaps(session, station.id)),
        _places(session, station),
    )


def week(session: Session, station: Station, now: datetime) -> list[People]:
    """Who came on the last seven days, today first."""
    start = local_midnight(now) - DAY * (WEEK_DAYS - 1)
    came = checkins.hourly(session, station.id, start, now)
    return days(now, WEEK_DAYS, _passed(session, station, start, now), list(came.elements()))


def _places(session: Session, station: Station) -> list[Text]:
    lines = unions.lineages(session, [one for one in (station.union, station.industry) if one is not None])
    return [
        Text(" › ".join(one.name for one in line), " › ".join(one.name_en or one.name for one in line))
        for line in lines
    ]


def _passed(session: Session, station: Station, start: datetime, end: datetime) -> list[Passed]:
    return [
        Passed(row.start, row.entered, row.left, row.undirected, row.occupancy, row.quality != "good")
        for row in telemetry.counts(session, station.id, start, end)
    ]
