"""Minutes from masks and spells, pure (design.md §4): what arrives in any order gives the same minutes.

An hour is four 60-bit masks, bit m for minute m; they are OR-ed, and where two reports of one minute differ, excluded
beats down beats degraded beats ok. Spells are laid over them on reading. What nobody said is unknown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.health.availability import Availability, Minutes, availability
from hub.health.spells import SpellSpan, flatten
from shared.opening import FULL, Opening, whole_hour
from shared.states import State

__all__ = ["Availability", "Hour", "Minutes", "SpellSpan", "availability", "lay", "said_minutes", "span"]

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Hour:
    """The masks of one facility in one hour, as they were reported."""

    hour: datetime
    ok: int = 0
    degraded: int = 0
    down: int = 0
    excluded: int = 0

    @property
    def said(self) -> int:
        """Minutes anybody has spoken of."""
        return self.ok | self.degraded | self.down | self.excluded


def lay(
    hours: Iterable[Hour], spells: Sequence[SpellSpan], start: datetime, end: datetime, opening: Opening
) -> Minutes:
    """The minutes of the window [start, end), opening minutes only. Partial minutes at its ends do not count.

    A spell without end holds as long as the station goes on reporting the facility: silence is unknown, never down.
    """
    by_hour: dict[datetime, Hour] = {}
    for row in hours:
        by_hour[row.hour] = _joined(by_hour[row.hour], row) if row.hour in by_hour else row
    first = whole_hour(start)
    count = max(0, -((first - end) // HOUR))
    length = count * 60
    spoken = _spoken_until(by_hour.values())
    overlaid = flatten(spells, first, length, spoken)
    minutes = Minutes(first, *([0] * count for _ in range(6)))
    for index, service in enumerate(service_masks(start, end, opening)):
        if not service:
            continue
        masks = _one_state_each(by_hour.get(first + index * HOUR))
        for state, whole in overlaid.items():
            over = (whole >> index * 60) & service
            if over:
                masks = {other: mask | over if other is state else mask & ~over for other, mask in masks.items()}
        minutes.service[index] = service
        minutes.ok[index] = masks[State.OK] & service
        minutes.degraded[index] = masks[State.DEGRADED] & service
        minutes.down[index] = masks[State.DOWN] & service
        minutes.excluded[index] = masks[State.EXCLUDED] & service
        minutes.unknown[index] = masks[State.UNKNOWN] & service
    return minutes


def service_masks(start: datetime, end: datetime, opening: Opening) -> list[int]:
    """The opening minutes of the window [start, end), hour by hour. Partial minutes at its ends do not count."""
    first = whole_hour(start)
    count = max(0, -((first - end) // HOUR))
    from_minute = -((first - start) // MINUTE)
    to_minute = (end - first) // MINUTE
    masks = opening.masks(first, count)
    for index in {0, count - 1} & set(range(count)):
        masks[index] &= span(from_minute - index * 60, to_minute - index * 60)
    return masks


def said_minutes(hours: Iterable[Hour]) -> list[tuple[datetime, State]]:
    """Every minute anybody spoke of, with its one state, oldest first. One row an hour."""
    found = []
    for row in sorted(hours, key=lambda row: row.hour):
        for state, mask in _one_state_each(row).items():
            if state is not State.UNKNOWN:
                found += [(row.hour + bit * MINUTE, state) for bit in range(60) if mask >> bit & 1]
    return sorted(found)


def span(first: int, last: int) -> int:
    """The mask of minutes first to last − 1 of one hour; what lies outside the hour is cut off."""
    first, last = max(0, first), min(60, last)
    return (1 << last) - (1 << first) if last > first else 0


def _joined(one: Hour, other: Hour) -> Hour:
    return Hour(
        one.hour,
        one.ok | other.ok,
        one.degraded | other.degraded,
        one.down | other.down,
        one.excluded | other.excluded,
    )


def _one_state_each(row: Hour | None) -> Mapping[State, int]:
    """Excluded beats down beats degraded beats ok; the rest nobody has said."""
    if row is None:
        return _NOTHING
    excluded = row.excluded
    down = row.down & ~excluded
    degraded = row.degraded & ~(excluded | down)
    ok = row.ok & ~(excluded | down | degraded)
    return {
        State.OK: ok,
        State.DEGRADED: degraded,
        State.DOWN: down,
        State.EXCLUDED: excluded,
        State.UNKNOWN: FULL & ~row.said,
    }


_NOTHING: Mapping[State, int] = {**dict.fromkeys(State, 0), State.UNKNOWN: FULL}


def _spoken_until(rows: Iterable[Hour]) -> datetime | None:
    """The end of the last minute anybody has spoken of."""
    last = max((row for row in rows if row.said), key=lambda row: row.hour, default=None)
    return None if last is None else last.hour + last.said.bit_length() * MINUTE
