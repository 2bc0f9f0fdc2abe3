"""What is heard of a recorded station: agents that were away, devices that were silent, a sensor that repeats itself.

And what happened beside the samples: people's answers and machines that were replaced, put into the recording's events.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from edge.recording import Recording
from edge.sampling import Sample
from simulators.people import LOCAL_S
from simulators.recording import instant
from tests.evaluation.catalogue import DAY_S
from tests.evaluation.chances import joined
from tests.evaluation.plans import OPENS_S, Case, Plan, Span, Stuck
from tests.evaluation.truth import FAILS, PARTLY, Minutes

EVENTS = "events.csv"
NEVER = math.inf


@dataclass(frozen=True, slots=True)
class Heard(Recording):
    """A recording with holes."""

    holes: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    """When nothing is heard of a facility."""
    away: tuple[Span, ...] = ()
    """When nothing is heard of anything."""
    stuck: Mapping[tuple[str, str], Stuck] = field(default_factory=dict)

    def samples(self, end: datetime | None = None) -> Iterator[Sample]:
        """Those that were heard, as the sensors said them."""
        ahead = {facility: _Ahead(self.holes.get(facility, ()), self.away) for facility in self._facilities()}
        for sample in Recording.samples(self, end):
            spans = ahead[sample.facility]
            at = sample.at
            if at >= spans.since and spans.covers(at):
                continue
            if self.stuck:
                held = self.stuck.get((sample.facility, sample.quantity))
                if held is not None and at >= held.since:
                    yield Sample(at, sample.facility, sample.quantity, held.value, sample.quality)
                    continue
            yield sample

    def _facilities(self) -> set[str]:
        return {facility.id for facility in self.facilities}


class _Ahead:
    """Spans still to come, asked with a time that never goes back."""

    __slots__ = ("_spans", "since", "until")

    def __init__(self, *parts: tuple[Span, ...]) -> None:
        self._spans = iter(joined([span for part in parts for span in part]))
        self.since, self.until = next(self._spans, (NEVER, NEVER))

    def covers(self, at: float) -> bool:
        """Whether a time that is not before `since` is within."""
        while at >= self.until:
            self.since, self.until = next(self._spans, (NEVER, NEVER))
        return at >= self.since


def heard(opened: Recording, plan: Plan) -> Heard:
    """The recording of a station, as much of it as was heard."""
    return Heard(
        opened.folder,
        opened.name,
        opened.opening,
        opened.facilities,
        opened.sources,
        {case.facility: case.silences for case in plan.cases},
        plan.silences,
        {(case.facility, case.stuck.quantity): case.stuck for case in plan.cases if case.stuck is not None},
    )


def heard_share(plan: Plan, case: Case) -> float:
    """The share of the opening hours of a window in which its devices were heard, by plan."""
    spans = joined([*case.silences, *plan.silences])
    silent = sum(plan.open_s(max(since, plan.start), min(until, plan.visit)) for since, until in spans)
    return 1 - silent / plan.open_s(plan.start, plan.visit)


def happened(plan: Plan, minutes: Mapping[str, Minutes]) -> list[tuple[float, str, str]]:
    """What people said and replaced: instant, event, detail."""
    found: list[tuple[float, str, str]] = []
    for case in plan.cases:
        if case.swapped_at is not None:
            found.append((case.swapped_at, "unit", f"{case.facility} SN-2"))
        at = said_at(plan, case, minutes[case.facility])
        if at is not None and case.word is not None:
            found.append((at, "statement", f"{case.facility} {case.word.answer}"))
    return sorted(found)


def said_at(plan: Plan, case: Case, minutes: Minutes) -> float | None:
    """When the head came by and it was still so; in opening hours. None: never."""
    if case.word is None or case.trouble is None:
        return None
    bad = minutes.first_bad(case.trouble.onset)
    if bad is None:
        return None
    at = _open_from(plan, bad + case.word.after_s)
    return at if at < plan.visit and minutes.at(at) in (FAILS, PARTLY) else None


def _open_from(plan: Plan, at: float) -> float:
    """The moment itself, or the next opening."""
    if plan.open_s(at, at + 60):
        return at
    opens = at - (at + LOCAL_S - OPENS_S) % DAY_S + DAY_S
    while not plan.open_s(opens, opens + 60):
        opens += DAY_S
    return opens


def add_events(folder: Path, happenings: list[tuple[float, str, str]]) -> None:
    """Put them among the recording's own events, in order of time."""
    path = folder / EVENTS
    head, *rows = path.read_text("utf-8").splitlines()
    rows += [f"{instant(at)},{event},{detail}" for at, event, detail in happenings]
    rows.sort(key=lambda row: datetime.fromisoformat(row.split(",", 1)[0]))
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
