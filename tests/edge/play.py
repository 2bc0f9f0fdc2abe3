"""Plays signals to a judge: constants or functions of the seconds since the passage began."""

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from edge.health.judge import FacilitySettings, Judge
from edge.health.verdict import Change, Happened, Proved, Standing
from edge.sampling import Sample
from shared.opening import Opening

START = datetime(2026, 7, 1, 1, tzinfo=UTC).timestamp()
Signal = float | Callable[[float], float]
HOUR = 3600.0


def wave(high: float, low: float, on_s: float, off_s: float) -> Callable[[float], float]:
    """Running for a while, resting for a while."""
    return lambda second: high if second % (on_s + off_s) < on_s else low


def ramp(start: float, per_hour: float) -> Callable[[float], float]:
    """Rising or falling steadily."""
    return lambda second: start + per_hour * second / HOUR


def _felt(quantity: str, signal: Signal, second: float, at: float) -> float:
    """A live line is never quite still: a constant voltage wavers by a tenth, as every meter shows it."""
    if callable(signal):
        return signal(second)
    wavers = quantity.startswith("voltage") and signal > 100
    return signal + 0.1 * (at // 60 % 7) if wavers else signal


def played(
    facility: str, start: float, lasting_s: float, signals: Mapping[str, Signal], every_s: float = 30.0
) -> Iterator[Sample]:
    """The samples of one passage, without its end."""
    second = 0.0
    while second < lasting_s:
        for quantity, signal in signals.items():
            yield Sample(start + second, facility, quantity, _felt(quantity, signal, second, start + second), 1)
        second += every_s


class Play:
    """One facility and its judge; `changes` and `proofs` collect what was said."""

    def __init__(
        self, kind: str, quantities: Sequence[str], opening: Opening | None = None, **options: float | bool
    ) -> None:
        self.facility = f"{kind}-1"
        self.settings = [FacilitySettings(self.facility, kind, options, frozenset(quantities))]
        self.judge = Judge(self.settings, opening)
        self.opening = opening
        self.now = START
        self.said: list[Happened] = []

    def run(self, lasting_s: float, signals: Mapping[str, Signal], every_s: float = 30.0) -> "Play":
        """Let the signals run on."""
        for sample in played(self.facility, self.now, lasting_s, signals, every_s):
            self.hear(sample)
        self.now += lasting_s
        self.said += self.judge.take()
        return self

    def hear(self, sample: Sample) -> None:
        """One sample, time first."""
        self.judge.advance(sample.at)
        self.judge.hear(sample)

    def quiet(self, lasting_s: float) -> "Play":
        """Time passes, the agent listens, nothing is heard."""
        second = 0.0
        while second < lasting_s:
            self.judge.advance(self.now + second)
            second += 10
        self.now += lasting_s
        self.said += self.judge.take()
        return self

    def off(self, lasting_s: float) -> "Play":
        """The agent is off, then starts again from its memory."""
        self.now += lasting_s
        self.judge = Judge(self.settings, self.opening, self.judge.memory())
        return self

    @property
    def changes(self) -> list[Change]:
        """Changes of state so far."""
        return [said for said in self.said if isinstance(said, Change)]

    @property
    def proofs(self) -> list[Proved]:
        """Proofs so far."""
        return [said for said in self.said if isinstance(said, Proved)]

    @property
    def states(self) -> list[str]:
        """The states gone through, with their rules: `down FR2`."""
        return [
            f"{change.verdict.state} {change.verdict.rule or ''}".strip()
            for change in self.changes
            if change.until is None
        ]

    @property
    def standing(self) -> Standing:
        """How the facility stands."""
        return self.judge.standing(self.facility)

    def since(self, state: str) -> float:
        """Seconds after the start since when the last change to this state dates."""
        return next(
            change.since - START
            for change in reversed(self.changes)
            if f"{change.verdict.state} {change.verdict.rule or ''}".strip() == state
        )


class Station:
    """Several facilities and their judge; signals by facility."""

    def __init__(self, facilities: Sequence[FacilitySettings], opening: Opening | None = None) -> None:
        self.settings = list(facilities)
        self.opening = opening
        self.judge = Judge(self.settings, opening)
        self.now = START
        self.said: list[Happened] = []

    def run(self, lasting_s: float, signals: Mapping[str, Mapping[str, Signal]], every_s: float = 30.0) -> "Station":
        """Let the signals run on, all at the same instants."""
        streams = [played(name, self.now, lasting_s, own, every_s) for name, own in signals.items()]
        for sample in heapq.merge(*streams, key=lambda one: one.at):
            self.judge.advance(sample.at)
            self.judge.hear(sample)
        self.now += lasting_s
        self.said += self.judge.take()
        return self

    def restart(self) -> "Station":
        """The agent starts again from its memory, at once."""
        self.judge = Judge(self.settings, self.opening, self.judge.memory())
        return self

    def states(self, facility: str) -> list[str]:
        """The states one facility went through, with their rules."""
        own = [one for one in self.said if isinstance(one, Change) and one.facility == facility and one.until is None]
        return [f"{change.verdict.state} {change.verdict.rule or ''}".strip() for change in own]

    def since(self, facility: str) -> float:
        """Seconds after the start since when it is as it is."""
        return self.judge.standing(facility).since - START


def told(
    station: Sequence[FacilitySettings],
    samples: Sequence[Sample],
    cuts: Collection[int] = (),
    opening: Opening | None = None,
    answers: Mapping[int, tuple[str, str]] | None = None,
) -> list[Happened]:
    """What a judge says of a stream; at each cut it is stopped and started from its memory.

    `answers`: after which sample a person says what of which facility.
    """
    judge = Judge(station, opening)
    said: list[Happened] = []
    for index, sample in enumerate(samples):
        if index in cuts:
            judge = Judge(station, opening, judge.memory())
        judge.advance(sample.at)
        judge.hear(sample)
        if answers is not None and index in answers:
            judge.state(*answers[index], sample.at, sample.at)
        said += judge.take()
    return said


def places(samples: Sequence[Sample], cuts: Iterable[float]) -> set[int]:
    """Shares of a stream as indices."""
    return {int(cut * (len(samples) - 1)) for cut in cuts}
