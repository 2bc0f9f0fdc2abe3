"""Until when a complaint is answered, and by which steps: as the rulebook's settings say, else as we do. Pure."""

from collections.abc import Set
from datetime import UTC, date, datetime, time, timedelta

from hub.complaints.words import Kind, Stage
from hub.complaints.workflow import ALL_STEPS
from hub.formats import SHANGHAI, local
from hub.rulebook import Rulebook

WORKING_DAYS: dict[Kind, int] = {Kind.COMPLAINT: 15, Kind.CONSULTATION: 5}
"""Where an edition settles none. Ours: a complaint needs somebody who goes there and asks, a question does not."""
DAYS, STEPS = "complaint_working_days", "complaint_steps"
LAST_MINUTE = time(23, 59)
MORNING = time(8, 30)
SATURDAY = 5


def due_at(rulebook: Rulebook | None, kind: Kind, received_at: datetime) -> datetime:
    """The last minute, in Shanghai, of the last working day. Monday to Friday are working days: holidays are announced
    year by year and not known here, so that what is due may be due later by the calendar, never sooner.
    """
    said = _setting(rulebook, DAYS).split()
    days = WORKING_DAYS | {Kind(name): int(number) for name, number in zip(said[::2], said[1::2], strict=True)}
    last = working_days_after(local(received_at).date(), days[kind])
    return datetime.combine(last, LAST_MINUTE, SHANGHAI).astimezone(UTC)


def working_days_after(day: date, days: int) -> date:
    """The day of receipt does not count."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return day


def remind_at(due: datetime) -> datetime:
    """When whoever answers for it is first reminded: on the working day before the last one, in the morning."""
    day = local(due).date() - timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    return datetime.combine(day, MORNING, SHANGHAI).astimezone(UTC)


def steps(rulebook: Rulebook | None) -> Set[Stage]:
    """Those that may be left out and are not."""
    said = _setting(rulebook, STEPS).split()
    return ALL_STEPS & {Stage(name) for name in said} if said else ALL_STEPS


def _setting(rulebook: Rulebook | None, name: str) -> str:
    """Empty: it settles nothing."""
    try:
        return "" if rulebook is None else str(rulebook.setting(name))
    except KeyError:
        return ""
