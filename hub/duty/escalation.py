"""When an alert that nobody has acknowledged goes to the next level. Pure."""

from datetime import UTC, datetime, time, timedelta

from hub.duty.week import DAY, Roster
from shared.opening import HOUR, SHANGHAI, Opening, whole_hour

LOOKED_AHEAD = 60
"""Days in which opening time is looked for; a station closed for longer keeps nobody waiting any longer."""
_MINUTE = timedelta(minutes=1)


def goes_up(severity: str, since: datetime, opening: Opening, roster: Roster) -> datetime:
    """From when on the next level is to be told of what this level was told of at `since`.

    Safety waits by the clock, an urgent alert by opening time, a normal one until the next day the station opens.
    """
    if severity == "safety":
        return since + roster.safety_minutes * _MINUTE
    return _in_opening(since, roster.high_minutes, opening) if severity == "high" else _next_day(since, opening)


def _in_opening(since: datetime, minutes: int, opening: Opening) -> datetime:
    """When so many minutes of opening time have passed."""
    hour, left = whole_hour(since), minutes
    passed = int((since - hour) / _MINUTE)
    for number, mask in enumerate(opening.masks(hour, LOOKED_AHEAD * 24)):
        free = mask >> passed << passed if number == 0 else mask
        count = free.bit_count()
        if count < left:
            left -= count
            continue
        for minute in range(60):
            left -= free >> minute & 1
            if left <= 0 and free >> minute & 1:
                return max(since, hour + number * HOUR + (minute + 1) * _MINUTE)
    return since + LOOKED_AHEAD * DAY


def _next_day(since: datetime, opening: Opening) -> datetime:
    """When the station opens on the next day on which it does."""
    hours, minutes = divmod(int(opening.start[:2]) * 60 + int(opening.start[3:]), 60)
    today = since.astimezone(SHANGHAI).date()
    for ahead in range(1, LOOKED_AHEAD):
        day = today + ahead * DAY
        if opening.open_on(day):
            return datetime.combine(day, time(hours % 24, minutes), SHANGHAI).astimezone(UTC)
    return since + LOOKED_AHEAD * DAY
