"""Forgets what has been kept long enough, and adds up visits: slice by slice, each a short transaction, with a rest
after each.

One process does it at a time, by a lease row. It may be stopped at any moment: what is left is found again.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from hub import metrics
from hub.alerts import evidence
from hub.checkins import store as checkins
from hub.checkins.tables import RetractionRow
from hub.complaints import store as complaints
from hub.forgetting import forget
from hub.health.tables import HourRow, ProofRow, SpellRow
from hub.notices.tables import Notice, Reminder
from hub.phone import visitors
from hub.retention import Limits, Pace, limits
from hub.settings import HubSettings
from hub.telemetry import quarantine_room
from hub.telemetry import store as telemetry
from hub.telemetry.tables import CountRow, GapRow, Listening, QuarterRow
from hub.visits import forgetting
from hub.visits import store as visits

EVERY_S = 600.0
LEASE = "keep"
LEASE_LENGTH = timedelta(seconds=60)
ADD_UP_S = 60.0
"""Of a round, for each of the two."""
VISITS_A_ROW = 50
"""A month of visits costs as much as forgetting so many rows."""

Sweep = Callable[[Session, Limits, int], int]
"""(session, limits, rows at most) → rows gone; 0: nothing is left to forget."""
SWEEPS: dict[str, Sweep] = {
    "evidence": lambda session, old, rows: evidence.forget_traces(session, old.evidence, rows),
    "quarter": lambda session, old, rows: forget(session, QuarterRow, "start", old.quarters, rows),
    "count": lambda session, old, rows: forget(session, CountRow, "start", old.quarters, rows),
    "hour": lambda session, old, rows: forget(session, HourRow, "hour", old.states, rows),
    "spell": lambda session, old, rows: forget(session, SpellRow, "until", old.states, rows),
    "proof": lambda session, old, rows: forget(session, ProofRow, "proved_at", old.states, rows),
    "gap": lambda session, old, rows: forget(session, GapRow, "newest", old.states, rows),
    "listening": lambda session, old, rows: forget(session, Listening, "until", old.quarters, rows),
    "check_in": lambda session, old, rows: checkins.count_old(session, old.check_ins, rows),
    "visitor": lambda session, old, rows: forgetting.forget_old_visitors(session, old.visitors, rows),
    "words": lambda session, old, rows: forgetting.forget_old_words(session, old.words, rows),
    "notice": lambda session, old, rows: forget(session, Notice, "created_at", old.notices, rows),
    "reminder": lambda session, old, rows: forget(session, Reminder, "at", old.notices, rows),
    "retraction": lambda session, old, rows: forget(session, RetractionRow, "at", old.check_ins, rows),
    "visitor_key": lambda session, old, rows: visitors.forget_keys(session, old.now, rows),
    "contact": lambda session, old, rows: complaints.forget_contacts(session, old.contacts, old.now, rows),
    "quarantine": lambda session, old, rows: quarantine_room.make_room_of_all(session, old.now, rows),
}
"""What each is called on the metrics page."""
_log = structlog.get_logger("keep")


def sweep(
    engine: Engine,
    settings: HubSettings,
    holder: str,
    now: Callable[[], datetime],
    rest: Callable[[float], bool],
) -> dict[str, int] | None:
    """One round: everything that is due. `rest` waits so many seconds and says whether to stop.

    None: another process holds the lease. Otherwise how many rows of each went.
    """
    old, gone = limits(settings, now()), dict.fromkeys(SWEEPS, 0)
    for name, some in SWEEPS.items():
        pace, went = Pace(), 1
        while went:
            with Session(engine) as session:
                held = telemetry.take_lease(session, LEASE, holder, now(), LEASE_LENGTH)
                session.commit()
            if not held:
                return None
            began = time.monotonic()
            with Session(engine) as session:
                went = some(session, old, pace.rows)
                session.commit()
            gone[name] += went
            metrics.FORGOTTEN.labels(name).inc(went)
            if rest(pace.after(time.monotonic() - began)):
                return gone
    _add_up(engine, holder, now, rest)
    if any(gone.values()):
        _log.info("forgotten", **{name: number for name, number in gone.items() if number})
    return gone


def _add_up(engine: Engine, holder: str, now: Callable[[], datetime], rest: Callable[[float], bool]) -> None:
    """Visits are added up here too: slice by slice, with the same rests.

    Check-ins that go on coming mark their month again and again: a slice that is not full is the last one, and what a
    minute does not suffice for goes on in the next round.
    """
    for some in (visits.catch_up, visits.look_again):
        pace, until, full = Pace(), time.monotonic() + ADD_UP_S, True
        while full and time.monotonic() < until:
            began, most = time.monotonic(), max(1, pace.rows // VISITS_A_ROW)
            with Session(engine) as session:
                if not telemetry.take_lease(session, LEASE, holder, now(), LEASE_LENGTH):
                    return
                full = some(session, now(), most) >= most
                session.commit()
            if rest(pace.after(time.monotonic() - began)):
                return


def let_go(engine: Engine, holder: str) -> None:
    """Leave the lease to whoever comes next, without a wait."""
    with Session(engine) as session:
        telemetry.drop_lease(session, LEASE, holder)
        session.commit()
