"""What the hub does because time passes: silence, reactions that were missed, settings that changed.

One process does it at a time, by a lease row; all is derived from what is stored, so a tick may be lost or repeated.

A tick asks the database where something is not as it should be, which costs little where all is well, and does no more
than a portion of it: the next tick goes on. Beside that it looks at a portion of everything, round and round, for what
no such question sees: nothing is forgotten for longer than a round, which takes 5 minutes up to 12,000 stations and
16 minutes at 190,000.
"""

import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from hub.alerts import reports, suspects
from hub.alerts import store as alerts
from hub.alerts.blind import judge_blindness
from hub.alerts.closing import pass_time
from hub.alerts.silences import judge_silence
from hub.exports import sums_store
from hub.health import store as health
from hub.stations import store as stations
from hub.stations.due import take_due
from hub.telemetry import store as telemetry
from hub.telling import changed_settings
from shared import topics

TICK_S = 5.0
LEASE = "clock"
LEASE_LENGTH = timedelta(seconds=30)
TICKS_A_ROUND = 60
LEAST, MOST = 200, 1000
"""Stations a tick looks at of each round, and the most it does of anything."""
TOGETHER = 100
"""Stations whose settings are made within one transaction: ingest waits no longer than that."""

Publish = Callable[[str, str], None]
"""(topic, payload), retained."""
_log = structlog.get_logger("clock")


@dataclass(slots=True)
class Rounds:
    """How far each round has come, by the last station it looked at. Lost with the process: then they begin anew."""

    held: str = ""
    settings: str = ""
    suspect: alerts.Place = ("", "")
    everything: str | None = None
    """Publishing all settings, changed or not. None: it is done."""
    twins: datetime | None = None
    """The minute in which boxes of one name were looked for."""
    summed: datetime | None = None
    """The minute up to which all inspections are in the summaries' numbers."""
    public_url: str = ""
    """Where phones reach the hub, as stations are told."""


def now() -> datetime:
    """The hub's time, UTC."""
    return datetime.now(UTC)


def tick(
    engine: Engine, holder: str, publish: Publish, everything: bool, at: datetime, rounds: Rounds | None = None
) -> bool:
    """Go on with every round, and do what is found. `everything`: publish all settings, changed or not, a portion a
    tick from now on, as after a broker's restart. Without `rounds` every round begins here.

    False: another process holds the lease, nothing (more) was done.
    """
    rounds = rounds or Rounds()
    if everything:
        rounds.everything = ""
    began = time.monotonic()
    lease = Hold(engine, holder, at, lambda: time.monotonic() - began)
    if not lease.on():
        return False
    with Session(engine) as session:
        portion = max(LEAST, min(MOST, -(-stations.count(session) // TICKS_A_ROUND)))
    for part in (
        _judge_silence,
        _judge_twins,
        _end_contradicted,
        _react,
        _hear_people,
        _see_blind,
        _pass_time,
        _sum_up,
    ):
        with Session(engine) as session:
            part(session, rounds, portion, at)
            session.commit()
        if not lease.on():
            return False
    for told in _tell(engine, rounds, portion, at):
        # After the commit: a number that was published stands.
        for station, payload in told:
            publish(topics.settings(station), payload)
        if not lease.on():
            return False
    return True


def let_go(engine: Engine, holder: str) -> None:
    """Leave the lease to whoever comes next, without a wait."""
    with Session(engine) as session:
        telemetry.drop_lease(session, LEASE, holder)
        session.commit()


class Hold:
    """The lease over one tick: taken when it begins, and again whenever a third of it has passed."""

    def __init__(self, engine: Engine, holder: str, at: datetime, passed: Callable[[], float]) -> None:
        """`passed`: seconds since `at`."""
        self._engine, self._holder, self._at, self._passed = engine, holder, at, passed
        self._renew_s = 0.0

    def on(self) -> bool:
        """Whether this process is still the one that does it."""
        passed = self._passed()
        if passed < self._renew_s:
            return True
        self._renew_s = passed + LEASE_LENGTH.total_seconds() / 3
        with Session(self._engine) as session:
            moment = self._at + timedelta(seconds=passed)
            held = telemetry.take_lease(session, LEASE, self._holder, moment, LEASE_LENGTH)
            session.commit()
        return held


def _judge_silence(session: Session, _rounds: Rounds, _portion: int, at: datetime) -> None:
    """Stations that fell silent or are heard again."""
    judge_silence(session, MOST, at)


def _judge_twins(session: Session, rounds: Rounds, _portion: int, at: datetime) -> None:
    minute = at.replace(second=0, microsecond=0)
    if rounds.twins != minute:
        rounds.twins = minute
        alerts.judge_twins(session, at)


def _end_contradicted(session: Session, rounds: Rounds, portion: int, at: datetime) -> None:
    """Of the next stations where something holds: what minutes say is over, and what is to be reacted to."""
    some = health.next_held(session, rounds.held, portion)
    rounds.held = some[-1] if len(some) == portion else ""
    for spell in health.end_contradicted(session, some, at):
        _log.warning("a spell nobody ended is over", station=spell.station, facility=spell.facility, rule=spell.rule)
    session.flush()
    alerts.react_to(session, health.faulty_places(session, some), at)


def _react(session: Session, rounds: Rounds, _portion: int, at: datetime) -> None:
    """To what the database finds not to be as it should; where that is more than a tick does, the next goes on."""
    found = suspects.suspects(session)
    first = bisect_right(found, rounds.suspect) if len(found) > MOST else 0
    some = found[first : first + MOST]
    rounds.suspect = some[-1] if first + MOST < len(found) else ("", "")
    alerts.react_to(session, some, at)


def _hear_people(session: Session, _rounds: Rounds, _portion: int, at: datetime) -> None:
    """What people reported since."""
    reports.react_to_reports(session, at, MOST)


def _see_blind(session: Session, _rounds: Rounds, _portion: int, at: datetime) -> None:
    """Sensors that fail for long."""
    judge_blindness(session, at, MOST)


def _pass_time(session: Session, _rounds: Rounds, _portion: int, at: datetime) -> None:
    """What is due at alerts."""
    pass_time(session, at, MOST)


def _sum_up(session: Session, rounds: Rounds, _portion: int, at: datetime) -> None:
    """Inspections that are not in the summaries' numbers: some each tick while there are any, else each minute."""
    minute = at.replace(second=0, microsecond=0)
    if rounds.summed != minute:
        rounds.summed = None if sums_store.catch_up(session, sums_store.A_TICK) else minute


def _tell(engine: Engine, rounds: Rounds, portion: int, at: datetime) -> Iterator[list[tuple[str, str]]]:
    """Settings to publish, as (station, payload), some at a time and each committed: of the stations marked, of the
    next ones of the round, and of the next ones of those that are all to be told.
    """
    for _ in range(MOST // TOGETHER):
        with Session(engine) as session:
            due = take_due(session, TOGETHER)
            told = changed_settings(session, due, False, at, rounds.public_url)
            session.commit()
        yield told
        if len(due) < TOGETHER:
            break
    everything = rounds.everything is not None
    after, most = (rounds.everything or "", MOST) if everything else (rounds.settings, portion)
    with Session(engine) as session:
        some = stations.next_ids(session, after, most)
    for first in range(0, len(some), TOGETHER):
        with Session(engine) as session:
            told = changed_settings(session, some[first : first + TOGETHER], everything, at, rounds.public_url)
            session.commit()
        yield told
    last = some[-1] if len(some) == most else None
    if everything:
        rounds.everything = last
    else:
        rounds.settings = last or ""
