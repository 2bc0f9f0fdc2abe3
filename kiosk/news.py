"""What a worker should learn of the station besides its state: what was done, what is coming. Pure."""

from collections.abc import Callable
from datetime import datetime, timedelta

from kiosk import words
from shared.facility import OTHER, SUBJECTS, problems_of
from shared.opening import SHANGHAI
from shared.settings_message import MaintenanceWindow, OpenAlert, Repaired, StationSettings
from shared.text import Text

Label = Callable[[str], Text]
"""What a facility is called here."""
DONE_FOR = timedelta(days=7)
SOON = timedelta(hours=12)
"""Work is announced this long before."""


def done(station: StationSettings, label: Label, now: datetime) -> list[Text]:
    """You said, we did: the repairs of seven days, the newest first, with how many people had said so."""
    newest_first = sorted(station.repaired, key=lambda one: one.repaired_at, reverse=True)
    return [_done(one, label) for one in newest_first if timedelta() <= now - one.repaired_at <= DONE_FOR]


def known_of(alert: OpenAlert, label: Label, became: Text) -> Text:
    """A fault that is known, and what became of it so far."""
    subject = alert.about or ""
    what, problem = _named(subject, label), _problem(subject, alert.problem)
    if problem is None or alert.problem == OTHER.id:
        return words.KNOWN_OF.filled(what=what, became=became)
    return words.KNOWN_OF_THAT.filled(what=what, problem=problem, became=became)


def _named(subject: str, label: Label) -> Text:
    return SUBJECTS[subject][0] if subject in SUBJECTS else label(subject)


def _problem(subject: str, problem: str | None) -> Text | None:
    """What people said of it; None where the catalogue does not know it."""
    return next((known.label for known in problems_of(subject) if known.id == problem), None)


def _done(one: Repaired, label: Label) -> Text:
    """What people said of it, and what became of it: repaired is what a person has shown, no more."""
    what, problem = _named(one.facility, label), _problem(one.facility, one.problem)
    day = f"{one.repaired_at.astimezone(SHANGHAI):%m-%d}"
    became = words.REPAIRED if one.by_person else words.WORKS_AGAIN
    if not one.reports:
        return words.DONE_AT.filled(what=what, day=day, became=became)
    if problem is None or one.problem == OTHER.id:
        return words.DONE_SAID.filled(n=one.reports, what=what, day=day, became=became)
    # Of cups and dirt nobody would say "repaired".
    became = words.SOLVED if one.by_person else became
    return words.DONE_SAID_THAT.filled(n=one.reports, what=what, problem=problem, day=day, became=became)


def work_now(station: StationSettings, facility: str, now: datetime) -> MaintenanceWindow | None:
    """The window in which a facility is being worked on right now."""
    windows = (one for one in station.maintenance if one.facility in (facility, None))
    return next((one for one in windows if one.start <= now < one.end), None)


def coming(station: StationSettings, label: Label, now: datetime) -> list[Text]:
    """Work that begins within twelve hours, the next first."""
    soon = sorted((one for one in station.maintenance if now < one.start <= now + SOON), key=lambda one: one.start)
    return [
        words.WORK_COMING.filled(
            time=day_time(one.start), what=label(one.facility) if one.facility else words.WHOLE_STATION
        )
        for one in soon
    ]


def day_time(at: datetime) -> str:
    """A time as it stands on the wall at the station."""
    return f"{at.astimezone(SHANGHAI):%H:%M}"
