"""When a notice goes: quiet hours, digests, another attempt. Pure; times of day are those of Asia/Shanghai."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from hub.notices.kinds import Wait
from shared.opening import SHANGHAI

DIGESTS = (8 * 60 + 30, 16 * 60 + 30)
"""Minutes of the local day at which what is normal goes, all together."""
BACKOFF = (
    timedelta(seconds=10), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=15),
    timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2),
)  # fmt: skip
"""After the first, second, … failed attempt; after the last it is given up, four hours later."""
LONGEST_ASKED = timedelta(minutes=15)
"""An endpoint that asks for patience gets no more than that."""
SAFETY = "safety"
NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a road is to be used."""

    quiet_start: int | None = 22 * 60
    quiet_end: int | None = 7 * 60
    digest: bool = True


def when_due(severity: str, urgent: bool, at: datetime, manner: Manner) -> tuple[datetime, Wait | None]:
    """When a notice of that time goes, and what it waits for. `urgent`: it goes into no digest.

    Safety waits for nothing.
    """
    if severity == SAFETY:
        return at, None
    due, wait = at, None
    if severity == NORMAL and manner.digest and not urgent:
        due, wait = _next_of(at, DIGESTS), Wait.DIGEST
    loud = after_quiet(due, manner)
    return (due, wait) if loud == due else (loud, wait or Wait.QUIET)


def after_quiet(at: datetime, manner: Manner) -> datetime:
    """This time, or the end of the quiet hours it lies in."""
    start, end = manner.quiet_start, manner.quiet_end
    if start is None or end is None or start == end:
        return at
    local = at.astimezone(SHANGHAI)
    minute = local.hour * 60 + local.minute
    quiet = start <= minute < end if start < end else minute >= start or minute < end
    return _next_of(at, (end,)) if quiet else at


def again_after(attempts: int, asked: timedelta | None, refused: bool) -> timedelta | None:
    """How long to wait after so many failed attempts; None: give up.

    `asked`: what the endpoint asked for. `refused`: it said that this will never work.
    """
    if refused or attempts > len(BACKOFF):
        return None
    own = BACKOFF[attempts - 1]
    return own if asked is None else max(own, min(asked, LONGEST_ASKED))


def _next_of(at: datetime, minutes: tuple[int, ...]) -> datetime:
    """The next of these minutes of the day, today or tomorrow."""
    local = at.astimezone(SHANGHAI)
    midnight = datetime.combine(local.date(), time(), SHANGHAI).astimezone(UTC)
    times = [midnight + timedelta(days=days, minutes=minute) for days in (0, 1) for minute in minutes]
    return min(moment for moment in times if moment > at)
