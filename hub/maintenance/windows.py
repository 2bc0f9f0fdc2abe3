"""When somebody works at a station, and how much of it counts, pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.accounts.roles import Role
from shared.opening import Opening, whole_hour, whole_minute
from shared.text import Text

LONGEST = timedelta(hours=24)
LONGEST_FOR_UNIONS = timedelta(days=7)
"""Of a window a district or an administrator files."""
ON_SITE = timedelta(hours=2)
"""How long "I am on site" lasts where nobody says that they leave."""
AHEAD = timedelta(days=60)
MAY_BE_LONG = frozenset({Role.DISTRICT, Role.ADMINISTRATOR})
EXCLUDED_AT_MOST = 480
"""Opening minutes of a facility that windows may take out of any 30 days: a window excuses a repair, not a month."""
WITHIN = timedelta(days=30)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

NO_REASON = Text("请写明维护什么。", "Say what is worked on.")
IN_THE_PAST = Text(
    "维护时段不能从过去开始：已经发生的故障照样计入。", "A window cannot begin in the past: what was down stays down."
)
NOT_IN_ORDER = Text("结束要晚于开始。", "The end comes after the beginning.")
TOO_LONG = Text(
    "维护时段最长 24 小时；更长的由区县或管理员登记。",
    "A window lasts 24 hours at most; a district or an administrator may file a longer one.",
)
TOO_LONG_FOR_ALL = Text(
    "维护时段最长 7 天；长期停用请登记闭站。", "A window lasts 7 days at most; file a closure for more."
)
TOO_FAR = Text("最多提前 60 天登记。", "File it 60 days ahead at most.")
SLACK = timedelta(minutes=5)
"""A form takes a moment to fill in."""

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a window cannot be, and at which field."""

    field: str
    why: Text


def refusal(start: datetime, end: datetime, reason: str, role: str, now: datetime) -> Refused | None:
    """None: it may be filed."""
    if not reason:
        return Refused("reason", NO_REASON)
    if start < now - SLACK:
        return Refused("start", IN_THE_PAST)
    if start > now + AHEAD:
        return Refused("start", TOO_FAR)
    if end <= start:
        return Refused("end", NOT_IN_ORDER)
    if end - start > LONGEST_FOR_UNIONS:
        return Refused("end", TOO_LONG_FOR_ALL)
    if end - start > LONGEST and role not in MAY_BE_LONG:
        return Refused("end", TOO_LONG)
    return None


def counted(windows: Sequence[Span], opening: Opening) -> list[Span]:
    """The parts of one facility's windows that take minutes out of the account: in order, without overlap, and of any
    thirty days no more than `EXCLUDED_AT_MOST` opening minutes. What lies beyond counts as it was measured, and so does
    a minute that was not worked on from its beginning to its end.
    """
    granted: list[tuple[datetime, datetime, int]] = []
    for start, end in sorted(windows):
        begin = max([_up(start), *(until for _, until, _ in granted)])
        if begin >= whole_minute(end):
            continue
        left = EXCLUDED_AT_MOST - sum(minutes for _, until, minutes in granted if until > begin - WITHIN)
        until, minutes = _as_far_as(begin, whole_minute(end), opening, left)
        if until > begin:
            granted.append((begin, until, minutes))
    return [(start, until) for start, until, _ in granted]


def _up(at: datetime) -> datetime:
    """The next whole minute, if it is not one."""
    return whole_minute(at + MINUTE - timedelta(microseconds=1))


def _as_far_as(start: datetime, end: datetime, opening: Opening, left: int) -> tuple[datetime, int]:
    """Where so many opening minutes from `start` on are over, `end` at the latest, and how many they were."""
    minutes, hour = 0, whole_hour(start)
    while hour < end:
        mask = opening.mask(hour) & _between(-((hour - start) // MINUTE), -((hour - end) // MINUTE))
        if minutes + mask.bit_count() > left:
            for _ in range(left - minutes):
                mask &= mask - 1
            return max(start, hour + ((mask & -mask).bit_length() - 1) * MINUTE), left
        minutes += mask.bit_count()
        hour += HOUR
    return end, minutes


def _between(first: int, last: int) -> int:
    """The mask of the minutes `first` to `last` - 1 of an hour; what lies outside it is cut off."""
    first, last = max(0, first), min(60, last)
    return (1 << last) - (1 << first) if last > first else 0
