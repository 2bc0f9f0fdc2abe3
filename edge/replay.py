"""A recording through the real judgement and outbox, at full speed; the agent goes on from where it ends.

The same observer and the same outbox as the agent's: only the clock is the recording's. A recording that lies before
what the station already knows is judged for itself, and the agent's memory is left alone.
"""

import secrets
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby

from edge.inventory import judged
from edge.observer import RECORDED_STEADY_S, Observer
from edge.recording import Event, Recording, said
from edge.reporting import Dated
from edge.sampling import Sample
from shared.ids import record_id
from shared.moment import Stamp
from shared.outbox import Outbox
from shared.records import Fact

BATCH = 2000
"""Facts put in one transaction."""
STEP_S = 30.0
"""Time passes at least this often, with or without samples."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay did."""

    samples: int
    facts: int
    first: datetime | None
    last: datetime | None
    memory: dict[str, bytes]


def replay(
    recording: Recording,
    outbox: Outbox,
    stamp: Stamp,
    end: datetime | None,
    behind: bool,
    progress: Callable[[float], None],
) -> Replayed:
    """Judge a recording and put what it says; `progress` hears the time reached, epoch seconds.

    `behind`: nobody goes on from its end, so spells in progress end there. Raises BadRecording.
    """
    observer = Observer(judged(recording.facilities), recording.opening, _new_id, RECORDED_STEADY_S, {})
    waiting: list[tuple[Fact, Stamp]] = []
    samples = facts = 0
    first = last = None
    happened = deque(recording.events(end))
    for at, group in _instants(recording.samples(end)):
        if end is not None and at > end.timestamp():
            break
        if first is None:
            first = at
        elif last is not None:
            for step in _steps(last, at):
                waiting.extend(_stamped(observer.advance(step), stamp))
        for sample in group:
            observer.hear(sample)
            samples += 1
        while happened and happened[0].at <= at:
            event = happened.popleft()
            fact = said(event)
            if fact is None:
                _happen(observer, event, at)
            elif event.at >= first:
                waiting.append((fact, replace(stamp, at=datetime.fromtimestamp(event.at, UTC))))
        waiting.extend(_stamped(observer.advance(at), stamp))
        last = at
        if len(waiting) >= BATCH:
            facts += len(outbox.put_all(waiting))
            waiting.clear()
            progress(at)
    if behind and last is not None:
        waiting.extend(_stamped(observer.reporter.end(last), stamp))
    facts += len(outbox.put_all(waiting))
    moments = [None if at is None else datetime.fromtimestamp(at, UTC) for at in (first, last)]
    return Replayed(samples, facts, moments[0], moments[1], observer.memory())


def _happen(observer: Observer, event: Event, now: float) -> None:
    """What people said, and another unit; boots and clocks have no meaning without a running agent."""
    facility, said = event.about
    if event.event == "statement":
        observer.state(facility, said, event.at, now)
    elif event.event == "unit":
        observer.stands(facility, said, now)


def _instants(samples: Iterator[Sample]) -> Iterator[tuple[float, Iterator[Sample]]]:
    return groupby(samples, key=lambda sample: sample.at)


def _steps(last: float, at: float) -> Iterator[float]:
    """Moments between two instants of a recording, so that silence is noticed when it falls."""
    step = last + STEP_S
    while step < at:
        yield step
        step += STEP_S


def _stamped(dated: list[Dated], stamp: Stamp) -> Iterator[tuple[Fact, Stamp]]:
    for fact in dated:
        yield fact.fact, replace(stamp, at=datetime.fromtimestamp(fact.at, UTC))


def _new_id(at: float) -> str:
    return record_id(datetime.fromtimestamp(at, UTC), secrets.token_bytes(10))
