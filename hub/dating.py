"""Whether a record's times can be believed, pure (design.md §3, Time)."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from shared.opening import QUARTER_HOUR
from shared.records import Record

AHEAD = timedelta(minutes=2)
"""A record further ahead of the hub counts as undated."""
_POINT = timedelta()
_MINUTE = timedelta(minutes=1)


def date_of(record: Record, commissioned_at: datetime, now: datetime) -> datetime | None:
    """Station time. None: undated, or from before the commissioning, or too far ahead; any of its times may be."""
    at = record.at
    if at is None or at < commissioned_at or at > now + AHEAD:
        return None
    measured = _MEASURED.get(record.fact.type)
    if measured is not None:
        start, length = measured(record.fact)
        if start + length < commissioned_at or start > now + AHEAD:
            return None
    return at


def worth_keeping(record: Record) -> bool:
    """Whether an undated record is kept as bytes: what it measured has a time that may still prove right.

    It may be this hub's clock that is wrong, not the station's.
    """
    measured = record.fact.type in ("minute", "quarter") and record.at is not None
    return measured or record.fact.type in ("spell", "proof", "question", "profile")


_MEASURED: Mapping[str, Callable[[Any], tuple[datetime, timedelta]]] = {
    "minute": lambda fact: (fact.minute, _MINUTE),
    "quarter": lambda fact: (fact.start, QUARTER_HOUR),
    "spell": lambda fact: (fact.confirmed_at, _POINT),
    "proof": lambda fact: (fact.proved_at, _POINT),
    "question": lambda fact: (fact.asked_at, _POINT),
}
"""The time a measured fact speaks of, by its type, where it says one of its own."""
