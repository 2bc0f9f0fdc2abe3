"""When it was done, of a device whose clock may be wrong. Pure."""

from datetime import datetime, timedelta

LONGEST_AWAY = timedelta(days=90)
"""An entry dated before that is dated by the day it came: a clock that far off says nothing."""


def done_at(said: datetime, sent_at: datetime, now: datetime) -> datetime:
    """The hub's time of what a device did at `said`, where it sent it at `sent_at`, both by its own clock.

    The device's error at sending is taken off, so a phone that is a day ahead still tells how long ago it was. What
    would lie ahead of now, or absurdly far back, was done now as far as anybody knows.
    """
    found = said + (now - sent_at)
    return found if now - LONGEST_AWAY <= found <= now else now
