"""Faults that come and go, pure: which of them are one alert that chatters, and when that is over."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

OFTEN = 3
WITHIN = timedelta(hours=6)
"""So often within that time it chatters: from then on there is no notice each time."""
QUIET = timedelta(hours=2)
"""For so long it must stay away before a chattering alert is resolved."""
RELAPSE_WITHIN = timedelta(hours=24)
"""What comes back so soon after it was resolved is the same alert; after that it is closed."""
KEPT = 20
"""Onsets an alert remembers."""


def read_onsets(stored: Iterable[str]) -> list[datetime]:
    """As an alert's row has them."""
    return [datetime.fromisoformat(one).astimezone(UTC) for one in stored]


def with_onset(stored: Sequence[str], at: datetime) -> list[str]:
    """The stored onsets and one more; what lies too far back is forgotten."""
    recent = [one for one in read_onsets(stored) if at - one <= WITHIN]
    return [one.isoformat() for one in (*recent, at)][-KEPT:]


def chatters(stored: Sequence[str], at: datetime) -> bool:
    """Whether it came often enough up to now."""
    return sum(timedelta(0) <= at - one <= WITHIN for one in read_onsets(stored)) >= OFTEN
