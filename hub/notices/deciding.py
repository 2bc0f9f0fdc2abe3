"""Whom an event is told, by which road, when. Pure.

Safety goes at once to everybody on duty at every level; of anything else the first level is told, and who it goes up
to later. What was told of a fault is told when it works again.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from hub.alerts.events import What
from hub.duty.week import Roster, all_now, next_on
from hub.notices.kinds import Wait
from hub.notices.timing import SAFETY, Manner, when_due

RANKS = {"safety": 0, "high": 1, "normal": 2}
NEWS = frozenset({What.OPENED, What.RAISED, What.REOPENED, What.RELEASED})
"""Somebody must act."""
FOR_THE_TOLD = frozenset({What.WORKS_AGAIN, What.RESOLVED, What.FLAPPING})
"""Of interest to whoever was told of the fault, and to nobody else."""
TAKES_BACK = frozenset({What.ACKNOWLEDGED, What.ASSIGNED, What.WORKS_AGAIN, What.RESOLVED, What.INHIBITED, What.CLOSED})
"""What still waits need not be said any more."""
STOPS = TAKES_BACK
"""It goes up no further."""


class Group(Enum):
    """Not a person: the group that shares the roster."""

    ROSTER = "roster"


@dataclass(frozen=True, slots=True)
class Told:
    """One event, as far as a decision needs it."""

    what: What
    severity: str
    at: datetime
    held: bool
    level: int = 1
    """Of an escalation: whom it reaches."""
    assigned: int | None = None
    """The user it was assigned to by somebody else."""
    taken: bool = False
    """Whether somebody looks after the alert already."""


@dataclass(frozen=True, slots=True)
class Way:
    """A road, as far as a decision needs it."""

    id: int
    user: int | None
    """None: of the roster's group."""
    least: str
    manner: Manner
    always: bool = False
    roster: int | None = None
    """The roster whose group it is of. None: of a person."""
    told: bool = False
    """Whether it was told of this alert before."""


@dataclass(frozen=True, slots=True)
class Due:
    """A notice to be written."""

    road: int
    at: datetime
    wait: Wait | None


Reached = tuple[int | Group, datetime]
"""Who, and from when on."""


def decide(event: Told, roster: Roster | None, ways: Sequence[Way]) -> list[Due]:
    """The notices of an event; `ways` are those of the station's people. Safety is told even where it is held."""
    if event.held and event.severity != SAFETY:
        return []
    if event.what is What.RAISED and event.taken and event.severity != SAFETY:
        return []
    if event.what in FOR_THE_TOLD:
        return [_due(event, way, event.at) for way in ways if way.told]
    reached = dict(_reached(event, roster))
    found = []
    for way in ways:
        who: int | Group = Group.ROSTER if way.user is None else way.user
        start = event.at if way.always and event.what in NEWS else reached.get(who)
        if start is not None and RANKS[event.severity] <= RANKS[way.least]:
            found.append(_due(event, way, start))
    return found


def _reached(event: Told, roster: Roster | None) -> Iterator[Reached]:
    if event.what is What.ASSIGNED:
        if event.assigned is not None:
            yield event.assigned, event.at
        return
    if roster is None or event.what not in NEWS | {What.ESCALATED}:
        return
    yield Group.ROSTER, event.at
    if event.severity == SAFETY:
        # A gap in the roster must not swallow a danger: then everybody named in it is told.
        yield from ((user, event.at) for user in all_now(roster, event.at) or sorted(roster.people))
    elif (coming := next_on(roster, event.level, event.at)) is not None:
        start, users = coming
        yield from ((user, start) for user in users)


def _due(event: Told, way: Way, start: datetime) -> Due:
    urgent = event.what in (What.ESCALATED, What.ASSIGNED)
    at, wait = when_due(event.severity, urgent, start, way.manner)
    return Due(way.id, at, wait or (Wait.DUTY if start > event.at else None))


def next_level(roster: Roster | None, level: int) -> int | None:
    """The level above this one. None: nobody is there."""
    return None if roster is None else next((one for one in roster.levels if one > level), None)


def starts_watch(event: Told, roster: Roster | None) -> bool:
    """Whether the alert is to go up while nobody acknowledges it."""
    loud = not event.held or event.severity == SAFETY
    return loud and event.what in NEWS and next_level(roster, 1) is not None


def named(people: Collection[int], roster: Roster | None) -> set[int]:
    """Whose roads may matter: those asked for, and everybody in the roster."""
    return set(people) | (set() if roster is None else set(roster.people))
