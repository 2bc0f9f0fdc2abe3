"""How long a name stays locked after wrong passwords. Pure."""

from datetime import datetime, timedelta

FREE_TRIES = 5
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(minutes=15)


def locked_until(failures: int, now: datetime) -> datetime | None:
    """After so many failures in a row: None while tries are free, then a minute, doubling to 15 minutes.

    It never grows beyond that: whoever knows a name could otherwise keep its owner out for good.
    """
    beyond = failures - FREE_TRIES
    if beyond < 0:
        return None
    doubled: int = 2 ** min(beyond, 10)
    return now + min(FIRST_LOCK * doubled, LONGEST_LOCK)


def is_locked(until: datetime | None, now: datetime) -> bool:
    """Whether no password is even looked at."""
    return until is not None and now < until
