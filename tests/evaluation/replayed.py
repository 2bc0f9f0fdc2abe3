"""A recording of somebody else's loggers through the station's own observer: minutes by state, and spells."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from edge.inventory import judged
from edge.observer import RECORDED_STEADY_S, Observer
from edge.recording import RecordedFacility, Recording, open_recording
from edge.sampling import Sample
from shared.facility import kind_of, kinds
from shared.ids import record_id
from shared.records import Fact, Minute, Spell
from shared.states import State
from simulators.toml_text import table

BAD = (State.DEGRADED, State.DOWN)
STEP_S = 30.0


@dataclass(frozen=True, slots=True)
class Source:
    """One file of samples as one facility."""

    file: str
    facility: str
    columns: Mapping[str, str]
    """Column -> quantity."""
    options: Mapping[str, float | bool]

    @property
    def name(self) -> str:
        """The file without folder and endings."""
        return Path(self.file).name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Heard:
    """What the station says of it. Epoch seconds, minutes."""

    states: Mapping[str, int]
    """Minutes by state; those nobody could judge are not among them."""
    spells: tuple[Spell, ...]
    """Degraded and down, each as it was last said."""
    hours: float
    """From the first sample to the last."""


def opened(source: Source, files: Path, room: Path) -> Recording:
    """The recording a file is, described in `room`."""
    columns = {column: f"{source.facility}/{quantity}" for column, quantity in source.columns.items()}
    text = table("facility", {"id": source.facility, "options": dict(source.options)}, many=True)
    text += table("source", {"file": source.file, "columns": columns}, many=True)
    (room / "recording.toml").write_text(text, "utf-8")
    return open_recording(room, files)


def judge(source: Source, files: Path, room: Path, step_s: float = STEP_S) -> Heard:
    """Judge the whole of it at full speed."""
    recording = opened(source, files, room)
    states: Counter[str] = Counter()
    spells: dict[str, Spell] = {}
    clock = _Clock()
    for fact in facts(recording.facilities, clock.watched(recording.samples()), step_s):
        if isinstance(fact, Minute):
            states.update(state.value for state in fact.states.values())
        elif isinstance(fact, Spell) and fact.state in BAD:
            spells[fact.spell] = fact
    return Heard(states, tuple(spells.values()), clock.hours)


def facts(facilities: Iterable[RecordedFacility], samples: Iterable[Sample], step_s: float = STEP_S) -> Iterator[Fact]:
    """Everything the station says of the samples, in order of time. Time passes every `step_s`, samples or not."""
    number = count()

    def new_id(at: float) -> str:
        return record_id(datetime.fromtimestamp(at, UTC), next(number).to_bytes(10, "big"))

    observer = Observer(judged(facilities), None, new_id, RECORDED_STEADY_S, {})
    now: float | None = None
    for sample in samples:
        if now is not None and sample.at > now:
            step = now + step_s
            while step < sample.at:
                yield from (dated.fact for dated in observer.advance(step))
                step += step_s
            yield from (dated.fact for dated in observer.advance(sample.at))
        now = sample.at
        observer.hear(sample)
    if now is not None:
        yield from (dated.fact for dated in observer.advance(now + STEP_S))


def facility(
    name: str, quantities: Iterable[str], options: Mapping[str, float | bool] | None = None
) -> RecordedFacility:
    """A facility that no file describes."""
    kind = kind_of(name)
    return RecordedFacility(name, kind, kinds()[kind].label, options or {}, frozenset(quantities))


class _Clock:
    """Notes the first and the last time that passes."""

    def __init__(self) -> None:
        self._first: float | None = None
        self._last = 0.0

    def watched(self, samples: Iterable[Sample]) -> Iterator[Sample]:
        for sample in samples:
            if self._first is None:
                self._first = sample.at
            self._last = sample.at
            yield sample

    @property
    def hours(self) -> float:
        return 0.0 if self._first is None else (self._last - self._first) / 3600
