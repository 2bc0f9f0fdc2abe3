"""How many people say that something is wrong, as far as anybody can know. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

SAME_PERSON = timedelta(minutes=10)
"""Whoever presses again so soon may be the same person: nobody at the kiosk has a name."""


def voices(said: Iterable[datetime]) -> int:
    """Of reports of one thing at these times, in whatever order: those that came ten minutes after the last counted."""
    found, last = 0, None
    for at in sorted(said):
        if last is None or at - last >= SAME_PERSON:
            found, last = found + 1, at
    return found
