"""What several concepts know of stations, read together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from hub.accounts.tables import User
from hub.alerts import store as alerts
from hub.alerts.tables import Alert
from hub.checkins import store as checkins
from hub.feedback import store as feedback
from hub.health import present
from hub.health.standing import FacilityStanding
from hub.overview.boxes import told
from hub.overview.given_up import GivenUp, given_up
from hub.overview.people import DAY, Passed, People, PeopleToday, days, today
from hub.overview.summary import (
    RANKS,
    Asked,
    Said,
    StationPage,
    StationSummary,
    judged,
    judged_kinds,
    left_to_people,
    ranked,
    said,
    state_of,
    tally,
)
from hub.questions import store as questions
from hub.questions.asked import Asked as Question
from hub.stations import store as stations
from hub.stations.tables import Station
from hub.telemetry import boots
from hub.telemetry import store as telemetry
from hub.telemetry.tables import Heard
from shared.opening import Opening, local_midnight
from shared.states import State
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

    @property
    def labels(self) -> dict[str, Text]:
        """What its facilities are called."""
        summary = self.summary
        return {standing.facility: standing.label for standing in (*summary.standings, *summary.by_hand)}


def list_stations(session: Session, user: User, asked: Asked, now: datetime) -> StationPage:
    """A page of the stations this user may see, worst first over all of them.

    Their states and their order take a handful of statements, however many they are (`states`); what is shown of those
    on the page is then read as on their own pages, with a handful more.
    """
    known, alarmed = states(session, now), alerts.open_counts(session)
    seen = sorted(
        ranked(id_, name, known.get(id_, State.UNKNOWN), alarmed.get(id_, 0))
        for id_, name in stations.found_by(session, user, asked.words)
    )
    chosen = [one for one in seen if asked.state is None or one.rank == RANKS[asked.state]]
    page = min(asked.page, max(1, -(-len(chosen) // asked.size)))
    shown = [one.id for one in chosen[(page - 1) * asked.size : page * asked.size]]
    return StationPage(asked, _summaries(session, shown, alarmed, now), tally(seen), len(chosen), page)


def states(session: Session, now: datetime) -> dict[str, State]:
    """The state of every station in which something stands that is judged."""
    said, held = present.said_now(session, now), present.held_now(session)
    silent, nothing = present.silent_stations(session, now), dict[str, State]()
    return {
        station: state_of(
            names,
            tuple(text for one in said if (text := one.get(station)) is not None),
            held.get(station, nothing),
            station in silent,
        )
        for station, names in present.facility_names(session, judged_kinds()).items()
    }


def view(session: Session, station: Station, now: datetime) -> StationView:
    """One station, as it is now."""
    open_now = alerts.open_alerts(session, [station.id])
    midnight = local_midnight(now)
    taps = checkins.check_ins(session, station.id, midnight, now)
    return StationView(
        station,
        _summaries(session, [station.id], {station.id: len(open_now)}, now)[0],
        open_now,
        today(now, _passed(session, station, midnight, now), [tap.at for tap in taps if not tap.burst]),
        said(
            [tap.burst for tap in taps],
            [row.score for row in feedback.feedback(session, station.id, midnight, now)],
        ),
        questions.open_at(session, station.id),
        told(boots.boots(session, station.id), now),
        given_up(telemetry.gaps(session, station.id)),
    )


def week(session: Session, station: Station, now: datetime) -> list[People]:
    """Who came on the last seven days, today first."""
    start = local_midnight(now) - DAY * (WEEK_DAYS - 1)
    came = checkins.hourly(session, station.id, start, now)
    return days(now, WEEK_DAYS, _passed(session, station, start, now), list(came.elements()))


def _passed(session: Session, station: Station, start: datetime, end: datetime) -> list[Passed]:
    return [
        Passed(row.start, row.entered, row.left, row.undirected, row.occupancy, row.quality != "good")
        for row in telemetry.counts(session, station.id, start, end)
    ]


def _summaries(session: Session, ids: Sequence[str], alarmed: Mapping[str, int], now: datetime) -> list[StationSummary]:
    """In the order of the ids. Five statements, however many."""
    found, heard = stations.of_ids(session, ids), telemetry.heard_of(session, ids)
    standings = present.standings(session, list(found.values()), now)
    return [
        _summary(found[id_], heard.get(id_), standings[id_], alarmed.get(id_, 0), now) for id_ in ids if id_ in found
    ]


def _summary(
    station: Station, heard: Heard | None, standings: Sequence[FacilityStanding], alarmed: int, now: datetime
) -> StationSummary:
    return StationSummary(
        id=station.id,
        name=Text(station.name, station.name_en or station.name),
        address=station.address,
        open_now=Opening.model_validate(station.opening).is_open(now),
        heard_at=None if heard is None else heard.at,
        loading=station.history_until is not None,
        alerts=alarmed,
        standings=judged(standings),
        by_hand=left_to_people(standings),
    )
