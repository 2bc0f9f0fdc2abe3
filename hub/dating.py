"""Whether a record's times can be believed, pure (design.md §3, Time)."""

from datetime import datetime, timedelta

from shared.opening import QUARTER_HOUR
from shared.records import Fact, Minute, Proof, Quarter, Question, Record, Spell

AHEAD = timedelta(minutes=2)
"""A record further ahead of the hub counts as undated."""
_POINT = timedelta()


def date_of(record: Record, commissioned_at: datetime, now: datetime) -> datetime | None:
    """Station time. None: undated, or from before the commissioning, or too far ahead; any of its times may be."""
    if record.at is None:
        return None
    spans = [(record.at, _POINT), *_measured(record.fact)]
    believed = all(commissioned_at <= start + length and start <= now + AHEAD for start, length in spans)
    return record.at if believed else None


def _measured(fact: Fact) -> list[tuple[datetime, timedelta]]:
    """The time a measured fact speaks of, where it says one of its own."""
    match fact:
        case Minute():
            return [(fact.minute, timedelta(minutes=1))]
        case Quarter():
            return [(fact.start, QUARTER_HOUR)]
        case Spell():
            return [(fact.confirmed_at, _POINT)]
        case Proof():
            return [(fact.proved_at, _POINT)]
        case Question():
            return [(fact.asked_at, _POINT)]
        case _:
            return []
