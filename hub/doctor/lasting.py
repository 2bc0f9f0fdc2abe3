"""What the facts mean, in words: what works today and ends by itself: certificates, jobs, room on the disk. Pure."""

from collections.abc import Iterator
from datetime import timedelta

from hub.doctor.facts import Certificate, Facts, Register
from hub.doctor.findings import GIB, Finding
from shared.opening import SHANGHAI
from shared.span import span

LEAST_DISK = GIB
LEAST_DAYS = 30.0
SOON = timedelta(days=30)
JOB_LATE = timedelta(minutes=2)
NOTICE_LATE = timedelta(minutes=5)
KEEP_LATE = timedelta(hours=1)
"""It looks every ten minutes."""


def lasting(facts: Facts) -> Iterator[Finding]:
    """Whether it goes on tomorrow."""
    yield from (_certificate(one, facts) for one in facts.certificates)
    if facts.register is not None:
        yield from _jobs(facts.register, facts)
        yield from _notices(facts.register, facts)
        yield _disk(facts.register, facts)


def _certificate(one: Certificate, facts: Facts) -> Finding:
    about = f"certificate of {one.what}"
    if one.until is None:
        return Finding(False, about, f"{one.path} {one.why}")
    day, left = f"{one.until.astimezone(SHANGHAI):%Y-%m-%d}", one.until - facts.at
    if left <= timedelta(0):
        return Finding(
            False, about, f"{one.path} ended on {day}: nobody connects any more; renew it and restart the hub"
        )
    if left <= SOON:
        return Finding(False, about, f"{one.path} ends on {day}: renew it and restart the hub before")
    return Finding(True, about, f"{one.path} lasts until {day}")


def _jobs(register: Register, facts: Facts) -> Iterator[Finding]:
    names = [job.name for job in register.jobs]
    if "clock" not in names:
        yield Finding(
            False, "clock", "nobody holds the lease `clock`: silence opens no alert and settings are not sent"
        )
    for job in register.jobs:
        late = facts.at - job.until
        if late > JOB_LATE and job.name == "clock":
            words = f"the lease `clock` ran out {span(late.total_seconds())} ago: no process does what time brings"
            yield Finding(False, "clock", words)
        elif job.name == "clock":
            yield Finding(True, "clock", "a process does what time brings")
        elif job.name == "keep" and late > KEEP_LATE:
            words = f"last looked for what is old {span(late.total_seconds())} ago: the database grows; look at its log"
            yield Finding(False, "retention", words)
        elif job.name == "keep":
            yield Finding(True, "retention", "a process forgets what has been kept long enough")


def _notices(register: Register, facts: Facts) -> Iterator[Finding]:
    """Whether people are told of alerts."""
    held = next((job for job in register.jobs if job.name == "notices"), None)
    if held is None:
        yield Finding(False, "notices", "nobody holds the lease `notices`: nobody is told of alerts")
    elif facts.at - held.until > JOB_LATE:
        ago = span((facts.at - held.until).total_seconds())
        yield Finding(False, "notices", f"the lease `notices` ran out {ago} ago: nobody is told of alerts")
    elif register.notice_late > NOTICE_LATE:
        words = (
            f"a notice should have gone {span(register.notice_late.total_seconds())} ago: look at the log of notices"
        )
        yield Finding(False, "notices", words)
    else:
        yield Finding(True, "notices", "a process tells people of alerts")
    if register.failing_roads:
        longest, since = register.failing_roads[0]
        ago = span((facts.at - since).total_seconds())
        words = f"{len(register.failing_roads)} fail, road {longest} for {ago}: their owners see why at /notices"
        yield Finding(False, "roads to people", words)


def _disk(register: Register, facts: Facts) -> Finding:
    free, size = register.sizes.disk_free, register.sizes.database
    words = f"{free / GIB:.1f} GiB free at {facts.settings.folder}"
    began = register.listened_first
    days = 0.0 if began is None else (facts.at - began) / timedelta(days=1)
    if free < LEAST_DISK:
        return Finding(False, "disk", f"{words}: when it is full nothing is committed; make room")
    if days < 1:
        return Finding(True, "disk", f"{words}; the hub is too young to tell how it grows")
    grows = size / days
    left = free / max(grows, 1.0)
    words += f"; the database grew by {grows / 1024**2:.1f} MiB a day over {days:.0f} days"
    if left < LEAST_DAYS:
        return Finding(False, "disk", f"{words}: that is enough for {left:.0f} days; make room, or keep less")
    return Finding(True, "disk", words)
