"""Spells laid out in minutes, pure: which state holds where several spells meet.

Of one spell the highest revision counts; of one revision said in two ways the one that ended, and of two ends the
later. Where different spells of a facility overlap, the judgement confirmed last counts (it knew more), then the higher
revision, then the worse state: no order of arrival can change the outcome.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.states import State

MINUTE = timedelta(minutes=1)
HALF = timedelta(seconds=30)
AFTER_SURE = timedelta(minutes=2)
"""The minute in which a spell is confirmed may still be counted as the state before."""
CONTRADICTED = 15
"""Minutes of another state in a row."""
_RANK = (State.UNKNOWN, State.OK, State.DEGRADED, State.DOWN, State.EXCLUDED)


@dataclass(frozen=True, slots=True)
class SpellSpan:
    """A state from then to then."""

    state: State
    since: datetime
    until: datetime | None
    """None: it still holds."""
    revision: int = 1
    confirmed_at: datetime | None = None
    """When the station was sure. None: at once."""
    spell: str = ""
    """Its id; empty: a spell by itself."""
    doubt: bool = False
    """A rule suspected that it did not work and never came to be sure."""

    @property
    def sure_at(self) -> datetime:
        """When the station was sure."""
        return self.confirmed_at or self.since


def newest(spells: Iterable[SpellSpan]) -> list[SpellSpan]:
    """Of each spell its highest revision."""
    kept: dict[str, SpellSpan] = {}
    nameless: list[SpellSpan] = []
    for span in spells:
        if not span.spell:
            nameless.append(span)
        elif span.spell not in kept or _said(kept[span.spell]) < _said(span):
            kept[span.spell] = span
    return nameless + list(kept.values())


def flatten(
    spells: Sequence[SpellSpan], origin: datetime, length: int, spoken_until: datetime | None
) -> dict[State, int]:
    """Which minutes each state overlays: bit k is the minute k after `origin`, for `length` minutes; no bit is in two.

    A minute belongs to a spell that covers at least half of it. A spell without end holds until `spoken_until`, the
    last time the station spoke of the facility (or until it was confirmed, if that is later); `unknown` holds on.
    """
    overlaid = dict.fromkeys(State, 0)
    for span in sorted(newest(spells), key=_order):
        bits = _bits(span, origin, length, spoken_until)
        if bits:
            for state in overlaid:
                overlaid[state] &= ~bits
            overlaid[span.state] |= bits
    return overlaid


def _bits(span: SpellSpan, origin: datetime, length: int, spoken_until: datetime | None) -> int:
    until = span.until
    if until is None:
        if span.state is State.UNKNOWN:
            until = origin + length * MINUTE
        else:
            until = max(spoken_until or span.sure_at, span.sure_at)
    if until - span.since < HALF:
        return 0
    first = max(0, -((origin - span.since + HALF) // MINUTE))
    last = min(length, (until - origin + HALF) // MINUTE)
    return (1 << last) - (1 << first) if last > first else 0


def _said(span: SpellSpan) -> tuple[int, bool, datetime, tuple[datetime, int, int, datetime, bool, datetime]]:
    return span.revision, span.until is not None, span.until or span.since, _order(span)


def _order(span: SpellSpan) -> tuple[datetime, int, int, datetime, bool, datetime]:
    """What is laid later covers what is laid earlier."""
    end = span.until or span.since
    return span.sure_at, span.revision, _RANK.index(span.state), span.since, span.until is None, end


def contradicted_since(span: SpellSpan, said: Sequence[tuple[datetime, State]]) -> datetime | None:
    """Since when a spell without end is over although nobody said so, by the minutes `said` since, oldest first.

    A station that lost its memory no longer knows the spell and reports another state. A whole quarter-hour of such
    minutes in a row, the last ones, ends it where they began. None: it is not contradicted.
    """
    run: list[datetime] = []
    for minute, state in said:
        if minute < span.sure_at + AFTER_SURE:
            continue
        if state is span.state:
            run.clear()
        else:
            run.append(minute)
    return run[0] if len(run) >= CONTRADICTED else None
