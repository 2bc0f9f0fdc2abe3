"""What the facts mean, in words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from edge.doctor.facts import HANGS_S, Facts
from edge.doctor.talk import devices
from edge.status import Status
from edge.troubles import LEAST_DISK, LEAST_HOURS, NEVER_ACKNOWLEDGED_S
from shared.moment import ClockQuality
from shared.opening import SHANGHAI
from shared.outbox_hours import ENOUGH
from shared.span import span

USED_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `fine` is whether nothing is to be done about it."""

    fine: bool
    about: str
    words: str


def findings(facts: Facts) -> list[Finding]:
    """Everything looked at, in the order in which it is put right: agent, ports, devices, clock, hub, outbox, disk."""
    found = [_agent(facts), *_ports(facts)]
    found += [Finding(*row) for row in devices(facts)]
    found += [_clock(facts), _hub(facts), *_outbox(facts), _disk(facts), *_memory(facts), *_questions(facts)]
    return found


def _agent(facts: Facts) -> Finding:
    status = facts.status
    ago = None if status is None else facts.age_s
    if facts.holder is None:
        last = "has left no word of itself" if ago is None else f"last wrote how it fares {span(ago)} ago"
        return Finding(False, "agent", f"does not run; it {last}")
    if status is None or ago is None:
        return Finding(False, "agent", f"process {facts.holder} holds the station and has not said how it fares")
    if ago > HANGS_S:
        return Finding(False, "agent", f"process {facts.holder} has said nothing for {span(ago)}: it hangs")
    return Finding(True, "agent", f"runs as process {facts.holder} for {span(status.running_s + ago)}")


def _ports(facts: Facts) -> Iterator[Finding]:
    users = {line.port: f"line {line.name}" for line in facts.settings.lines}
    users |= {device.port: f"device {device.name}" for device in facts.settings.streams}
    for path, port in facts.ports.items():
        about = f"port of {users[path]}"
        others = [f"{name} (process {number})" for number, name in port.holders if number != facts.holder]
        opened = facts.status.ports.get(path) if facts.status is not None and facts.holder is not None else None
        if not port.there:
            yield Finding(False, about, f"{path} is not there: unplugged, or another name")
        elif not port.allowed:
            yield Finding(False, about, f"{path} may not be opened by this user: it belongs to another group")
        elif others:
            yield Finding(False, about, f"{path} is held by {', '.join(others)}")
        elif opened is False:
            yield Finding(False, about, f"{path} is there, and the agent could not open it or lost it")
        else:
            yield Finding(True, about, f"{path} is {'open' if opened else 'there'}")


def _clock(facts: Facts) -> Finding:
    at = facts.stamp.at.astimezone(SHANGHAI)
    now = f"{at:%Y-%m-%d %H:%M:%S}"
    if facts.stamp.clock is ClockQuality.WRONG and facts.last_good is not None:
        good = facts.last_good.astimezone(SHANGHAI)
        behind = f"{now} is behind {good:%Y-%m-%d %H:%M:%S}, a time that has already been"
        return Finding(False, "clock", f"{behind}: nothing is judged until it is right")
    if facts.stamp.clock is ClockQuality.PLAUSIBLE:
        return Finding(False, "clock", f"{now}, not synchronised: is there a time service (chrony, systemd-timesyncd)?")
    return Finding(True, "clock", f"{now}, synchronised")


def _hub(facts: Facts) -> Finding:
    hub, status = facts.settings.hub, facts.status
    if facts.holder is None or status is None:
        if facts.hub is not None:
            return Finding(False, "hub", f"{hub} cannot be reached: {facts.hub}")
        return Finding(True, "hub", f"{hub} can be reached; nothing is sent while no agent runs")
    if not status.connected:
        if facts.hub is not None:
            return Finding(False, "hub", f"{hub} cannot be reached: {facts.hub}")
        return Finding(False, "hub", f"{hub} answers and does not let this station in: its id, its secret, or TLS")
    if status.hub_says is False:
        return Finding(False, "hub", "connected, and the hub says that it is away: records wait until it is back")
    unanswered_s = 0.0 if status.unanswered_s is None else status.unanswered_s + facts.since_s
    if unanswered_s > NEVER_ACKNOWLEDGED_S:
        return Finding(False, "hub", _unanswered(status, unanswered_s))
    if status.silent_s is None:
        return Finding(True, "hub", f"connected to {hub}, nothing acknowledged yet")
    silent_s = status.silent_s + facts.since_s
    if silent_s > HANGS_S and facts.outbox is not None and facts.outbox.waiting.now:
        words = f"connected, and the hub has acknowledged nothing for {span(silent_s)} while records wait"
        return Finding(False, "hub", words)
    return Finding(True, "hub", f"connected to {hub}, last acknowledged {span(silent_s)} ago")


def _unanswered(status: Status, unanswered_s: float) -> str:
    """Published but never acknowledged: by whom."""
    said = f"connected, {status.envelopes} envelopes sent since the start, none acknowledged for {span(unanswered_s)}"
    if status.hub_says:
        return (
            f"{said}, while the hub says that it listens: the broker does not let this station publish "
            "(its permissions), or the hub does not know this station: compare the id with "
            "`waystation-hub station list`"
        )
    return (
        f"{said}, and no hub has said a word on this broker: the hub is not there (not running, or at another broker), "
        "or the broker does not let this station read (its permissions)"
    )


def _outbox(facts: Facts) -> Iterator[Finding]:
    if facts.outbox is None:
        yield Finding(True, "outbox", "none yet")
        return
    waiting = facts.outbox.waiting
    held, bound = waiting.now + waiting.later, waiting.bound
    used = f"{waiting.bytes / bound:.1%} of it used, {held} records wait"
    if waiting.oldest is not None:
        used += f", the oldest since {waiting.oldest.astimezone(SHANGHAI):%m-%d %H:%M}"
    rate = None if facts.status is None else facts.status.records_per_hour
    hours = waiting.lasts_h(rate)
    if hours is None or rate is None or facts.status is None:
        yield Finding(waiting.bytes < USED_SHARE * bound, "outbox", f"{used}; no rate is known yet")
    else:
        over = span(facts.status.rate_over_s)
        size = "of their size" if held >= ENOUGH else "of usual size"
        words = f"{used}; without the hub it lasts {span(hours * 3600)} more, at {rate:.0f} records an hour {size}"
        yield Finding(hours >= LEAST_HOURS, "outbox", f"{words} (the rate of the last {over})")
    if refused := facts.outbox.aside - facts.outbox.unread:
        yield Finding(False, "outbox", f"{refused} records were set aside: the hub never took them")
    if facts.outbox.unread:
        words = f"{facts.outbox.unread} records are of a later version of this program and wait for it"
        yield Finding(False, "outbox", words)
    for salvage in facts.outbox.salvages:
        lost = "an unknown number" if salvage.lost is None else f"{salvage.lost}"
        words = f"was damaged: {salvage.carried} records carried over, {lost} lost; the damaged file is {salvage.file}"
        yield Finding(False, "outbox", f"{words}. If it happens again the disk fails; remove the file once it was seen")
    if facts.status is not None and facts.status.not_kept and facts.holder is not None:
        yield Finding(False, "outbox", "the last facts could not be written down: the outbox or the disk is full")


def _disk(facts: Facts) -> Finding:
    free = facts.disk_free
    return Finding(free >= LEAST_DISK, "disk", f"{free / 1024**3:.1f} GiB free")


def _memory(facts: Facts) -> Iterator[Finding]:
    for why in facts.broken:
        yield Finding(False, "files", why)
    if facts.status is not None and facts.status.forgotten:
        parts = ", ".join(facts.status.forgotten)
        yield Finding(False, "memory", f"could not be read when the agent started ({parts}): judging began anew")


def _questions(facts: Facts) -> Iterator[Finding]:
    for question in facts.board.questions if facts.board is not None else ():
        yield Finding(True, "question", f"open for {question.facility}: {question.text.en}")
