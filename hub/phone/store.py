"""What a phone at the door needs of the database, and what it says to it: through the stores ingest uses, too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from sqlmodel import Session, col, select

from hub.alerts import store as alerts
from hub.alerts.reported import key_of
from hub.checkins import store as checkins
from hub.checkins.counting import counting
from hub.checkins.facts import check_in_row, retraction_row
from hub.checkins.tables import CheckInRow
from hub.feedback import store as feedback
from hub.feedback.facts import fault_report_row, feedback_row
from hub.feedback.tables import FaultReportRow, FeedbackRow
from hub.formats import local
from hub.health import present
from hub.keys import HubKeys
from hub.phone import visitors
from hub.phone.bounds import ALL_WITHIN_S
from hub.phone.reportable import Reportable, reportable
from hub.phone.tokens import Done, FormToken
from hub.services.offered import Offer
from hub.services.store import offers
from hub.stations import store as stations
from hub.stations.tables import Station
from hub.stations.words import Standing
from hub.telemetry import store as telemetry
from shared.facility import SUBJECTS, Problem
from shared.moment import ClockQuality
from shared.records import CheckIn, FaultReport, Feedback
from shared.text import Text

ONCE_IN = timedelta(minutes=30)
"""One phone checks in at one station no more often (kiosk.md §8)."""


MOST_TURNS = 5
"""So often one occupation may be taken back and tapped again on one form."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """One station, as a stranger at its door meets it."""

    id: str
    name: Text
    address: str
    sealed_qr_key: bytes
    lenient: bool
    """Its kiosk's clock may be off, or nobody knows: an older code counts, too."""
    offer: Offer
    reportable: Sequence[Reportable]


def entrance(session: Session, id_: str, now: datetime) -> Entrance | None:
    """None: there is none of this id, it is not open yet, or it has left."""
    station = stations.get(session, id_)
    if station is None or station.revoked_at is not None or station.standing == Standing.PLANNED:
        return None
    standings = present.standings(session, [station], now)
    return Entrance(
        id=station.id,
        name=Text(station.name, station.name_en or station.name),
        address=station.address,
        sealed_qr_key=station.sealed_qr_key,
        lenient=_clock_is_doubtful(session, station, now),
        offer=offers(session, [station], standings)[id_],
        reportable=reportable(standings[id_]),
    )


def _clock_is_doubtful(session: Session, station: Station, now: datetime) -> bool:
    heard, silent = telemetry.heard(session, station.id), present.silent_at(session, now)
    if heard is None or heard.at is None or not heard.online or heard.clock != ClockQuality.SYNCED:
        return True
    return silent is not None and heard.at <= silent


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """What became of a check-in."""

    what: Done
    record: str = ""
    """Empty: nothing is stored."""
    burst: bool = False
    new: bool = False
    at: datetime | None = None
    """When it was stored, for the first time."""


def check_in(
    session: Session, keys: HubKeys, token: FormToken, occupation: str, phone: str, burst: bool, now: datetime
) -> CheckedIn:
    """A check-in, once for a token and occupation until it is taken back. `phone`: its own random number; empty: it has
    none.
    """
    record, there = _place_of(session, token, occupation)
    if there is not None:
        return CheckedIn(Done.CHECKED_IN, record, there.burst, at=there.at)
    if not record or (phone and _was_here(session, keys, token.station, phone, now)):
        return CheckedIn(Done.ALREADY)
    visitor = visitors.visitor(session, keys, phone, now) if phone else None
    fact = CheckIn(occupation=occupation, method=token.method, visitor=visitor, burst=burst)
    checkins.put_check_ins(session, [check_in_row(token.station, record, fact, now, now)])
    return CheckedIn(Done.CHECKED_IN, record, burst, new=True, at=now)


def _place_of(session: Session, token: FormToken, occupation: str) -> tuple[str, CheckInRow | None]:
    """Where the check-in lies or will lie: whoever took it back may go back and tap again. Empty: too often."""
    for turn in range(MOST_TURNS):
        record = token.record(f"check-in {occupation} {turn}")
        there = session.get(CheckInRow, record)
        if there is None or not there.retracted:
            return record, there
    return "", None


def _was_here(session: Session, keys: HubKeys, station: str, phone: str, now: datetime) -> bool:
    since = now - ONCE_IN
    known = visitors.known_as(session, keys, phone, (now, since))
    query = select(CheckInRow.id).where(CheckInRow.station == station, CheckInRow.at > since)
    query = query.where(col(CheckInRow.visitor).in_(known), col(CheckInRow.retracted).is_(False))
    return session.exec(query.limit(1)).first() is not None


def lately_by_the_wall(session: Session, station: str, now: datetime) -> list[tuple[str, float]]:
    """Check-ins by the static code: it may be used from anywhere, so all of them are one place."""
    since = now - timedelta(seconds=ALL_WITHIN_S)
    query = select(CheckInRow.occupation, CheckInRow.at).where(CheckInRow.station == station, CheckInRow.at > since)
    rows = session.exec(query.where(CheckInRow.method == "static", col(CheckInRow.retracted).is_(False)))
    return [(occupation, (now - at).total_seconds()) for occupation, at in rows]


def undo(session: Session, station: str, record: str, now: datetime) -> None:
    """Take a check-in back, as the kiosk's undo does."""
    checkins.put_retractions(session, [retraction_row(station, record, now)])
    checkins.mark_retracted(session, [(record, station)])


def counted_today(session: Session, station: str, now: datetime) -> int:
    """Check-ins since midnight, as they are counted everywhere."""
    midnight = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return len(counting(checkins.check_ins(session, station, midnight, now + timedelta(days=1))))


def has_feedback(session: Session, token: FormToken) -> bool:
    """Whether this form said how satisfied somebody is already."""
    return session.get(FeedbackRow, token.record("feedback")) is not None


def put_feedback(
    session: Session, token: FormToken, answer: Feedback, text: str, photo: str | None, now: datetime
) -> None:
    """How satisfied somebody is; once for a token."""
    row = feedback_row(token.station, token.record("feedback"), answer, now, now)
    feedback.put_feedback(session, [row | {"method": token.method, "text": text, "photo": photo}])


def put_fault(
    session: Session, token: FormToken, record: str, what: Reportable, problem: Problem, now: datetime
) -> None:
    """Something is wrong. The clock job tells it to an alert."""
    report = FaultReport(subject=what.subject, problem=problem.id, danger=problem.danger)
    row = fault_report_row(token.station, record, report, now, now)
    feedback.put_fault_reports(session, [row | {"method": token.method}])


def put_right_since(session: Session, station: str, what: Reportable, problem: Problem, since: datetime) -> bool:
    """Whether what people reported has been resolved since: who reports it then says that it is not."""
    facility, named = key_of(what.subject, problem.id, what.subject not in SUBJECTS)
    return alerts.resolved_since(session, station, facility, named, since)


def place_of_fault(session: Session, token: FormToken, what: Reportable, problem: Problem) -> str:
    """Where a report will lie: once for a token and problem, until that was put right. Empty: it lies there already."""
    for turn in count():
        record = token.record(f"fault {what.subject} {problem.id} {turn}")
        there = session.get(FaultReportRow, record)
        if there is None:
            return record
        if not put_right_since(session, token.station, what, problem, there.at):
            break
    return ""
