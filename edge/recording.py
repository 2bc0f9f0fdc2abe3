"""A recording: a folder with what a station measured, to be judged again or for the first time.

`recording.toml` names the facilities and their options; the samples lie in `samples.csv.gz` (time, facility, quantity,
value, quality), in time order, and what happened beside them in `events.csv` (time, event, detail). Recordings of other
people's loggers are read where they lie: each `[[source]]` names a CSV file, its time column, and which column is which
quantity of which facility.

    [station]
    name = "Office pantry"
    [[facility]]
    id = "fridge-1"
    options = { compressor_power = 131.0 }
    [[source]]
    file = "tracebase/fridge_599393.csv.gz"
    time = "timestamp_utc"
    columns = { power_w = "fridge-1/power" }
"""

import csv
import gzip
import heapq
import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError

from edge.sampling import Sample
from shared.facility import UnknownKind, kind_of, kinds
from shared.opening import Opening
from shared.quantities import UnknownQuantity, split
from shared.records import CheckIn, Feedback
from shared.text import Text

TOML, SAMPLES, EVENTS = "recording.toml", "samples.csv.gz", "events.csv"
HEADER = ("time", "facility", "quantity", "value", "quality")
EVENT_HEADER = ("time", "event", "detail")
WEEK_S = timedelta(weeks=1).total_seconds()
GOOD, MISSING = 1, 9


class BadRecording(Exception):
    """A recording that cannot be read; the message names the file, the line and what is wrong."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Station(_Strict):
    name: str = "recording"
    opening: Annotated[Opening, PlainValidator(Opening.of)] | None = None


class _Facility(_Strict):
    id: str
    kind: str | None = None
    label: Text | None = None
    options: dict[str, float | str | bool] = {}
    quantities: list[str] = []
    """Known without reading everything; without it the columns of the sources say."""


class _Source(_Strict):
    file: str
    time: str = "timestamp_utc"
    columns: Annotated[dict[str, str], Field(min_length=1)]


class _File(_Strict):
    station: _Station = _Station()
    facility: Annotated[list[_Facility], Field(min_length=1)]
    source: list[_Source] = []


@dataclass(frozen=True, slots=True)
class RecordedFacility:
    """One facility of a recording."""

    id: str
    kind: str
    label: Text
    options: Mapping[str, float | str | bool]
    quantities: frozenset[str]


class Event(NamedTuple):
    """Something that happened beside the samples: `statement` ("fridge-1 no"), `unit` ("fridge-1 SN-2"), `boot`, …"""

    at: float
    event: str
    detail: str

    @property
    def about(self) -> tuple[str, str]:
        """The facility of a statement or a unit, and what is said of it."""
        facility, _, said = self.detail.partition(" ")
        return facility, said


def said(event: Event) -> CheckIn | Feedback | None:
    """What people said at the kiosk: `checkin` ("courier tap", "other tap burst"), `feedback` ("2 food,water"). None:
    the event is none of these. Raises BadRecording.
    """
    try:
        match event.event, event.detail.split(" "):
            case "checkin", [occupation, method, *marked]:
                return CheckIn.model_validate(
                    {"occupation": occupation, "method": method, "burst": marked == ["burst"]}
                )
            case "feedback", [score, *tags]:
                named = tags[0].split(",") if tags else []
                return Feedback.model_validate({"score": int(score), "tags": named})
            case (("checkin" | "feedback"), _):
                raise BadRecording(f"{EVENTS}: {event.event} {event.detail!r} says nothing")
    except ValueError as error:
        raise BadRecording(f"{EVENTS}: {event.event} {event.detail!r}: {error}") from error
    return None


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording opened: what stands in it, without its samples."""

    folder: Path
    name: str
    opening: Opening | None
    facilities: tuple[RecordedFacility, ...]
    sources: tuple[_Source, ...] = field(default=())

    def samples(self, end: datetime | None = None) -> Iterator[Sample]:
        """All samples in time order. With `end`, each file is shifted by whole weeks to end in the week before.

        Whole weeks keep the time of day and the day of the week. Raises BadRecording.
        """
        files = [_own_rows(self.folder / SAMPLES)] if not self.sources else []
        files += [_foreign_rows(self.folder, source) for source in self.sources]
        if end is None:
            return heapq.merge(*files, key=_time) if len(files) > 1 else files[0]
        paths = [self.folder / SAMPLES] if not self.sources else [self.folder / source.file for source in self.sources]
        shifted = [_shifted(rows, _weeks_to(path, end)) for rows, path in zip(files, paths, strict=True)]
        return heapq.merge(*shifted, key=_time) if len(shifted) > 1 else shifted[0]

    def events(self, end: datetime | None = None) -> list[Event]:
        """What happened beside the samples, in time order, shifted as they are. Raises BadRecording."""
        path = self.folder / EVENTS
        if self.sources or not path.exists():
            return []
        shift = 0.0 if end is None else _weeks_to(self.folder / SAMPLES, end)
        return sorted((Event(row.at + shift, row.event, row.detail) for row in _events(path)), key=lambda row: row.at)


def open_recording(folder: Path, files: Path | None = None) -> Recording:
    """`files`: where the files of [[source]] lie, if not in the folder. Raises BadRecording."""
    path = folder / TOML
    try:
        parts = _File.model_validate(tomllib.loads(path.read_text()))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise BadRecording(f"{path}: {error}") from error
    wired: dict[str, set[str]] = {}
    for source in parts.source:
        for column, target in source.columns.items():
            facility, slash, quantity = target.partition("/")
            _known(path, f"{column} = {target!r}", facility, quantity if slash else "")
            wired.setdefault(facility, set()).add(quantity)
    facilities = []
    for row in parts.facility:
        for quantity in row.quantities:
            _known(path, row.id, row.id, quantity)
        kind = _known(path, row.id, row.id, None)
        quantities = frozenset(row.quantities) | frozenset(wired.pop(row.id, ()))
        facilities.append(RecordedFacility(row.id, kind, row.label or kinds()[kind].label, row.options, quantities))
    if wired:
        raise BadRecording(f"{path}: no [[facility]] {', '.join(sorted(wired))}")
    return Recording(files or folder, parts.station.name, parts.station.opening, tuple(facilities), tuple(parts.source))


def _known(path: Path, place: str, facility: str, quantity: str | None) -> str:
    """The kind of a facility, checked with its quantity."""
    try:
        kind = kind_of(facility)
        if quantity is not None and split(quantity)[0].name not in kinds()[kind].quantities:
            raise UnknownQuantity(f"{facility} has no quantity {quantity}")
    except (UnknownKind, UnknownQuantity) as error:
        raise BadRecording(f"{path}: {place}: {error}") from error
    return kind


def _time(sample: Sample) -> float:
    return sample.at


def _open(path: Path) -> IO[str]:
    try:
        return gzip.open(path, "rt", newline="") if path.suffix == ".gz" else path.open(newline="")
    except OSError as error:
        raise BadRecording(f"{path}: {error.strerror}") from error


def _own_rows(path: Path) -> Iterator[Sample]:
    with _open(path) as file:
        rows = csv.reader(file)
        if tuple(next(rows, ())) != HEADER:
            raise BadRecording(f"{path}: the first line is {','.join(HEADER)}")
        last, at = "", 0.0
        try:
            for time, facility, quantity, value, quality in rows:
                if time != last:
                    last, at = time, datetime.fromisoformat(time).timestamp()
                yield Sample(at, facility, quantity, float(value) if value else math.nan, int(quality))
        except ValueError as error:
            raise BadRecording(f"{path}, line {rows.line_num}: {error}") from error


def _events(path: Path) -> Iterator[Event]:
    with _open(path) as file:
        rows = csv.reader(file)
        if tuple(next(rows, ())) != EVENT_HEADER:
            raise BadRecording(f"{path}: the first line is {','.join(EVENT_HEADER)}")
        try:
            for time, event, detail in rows:
                yield Event(datetime.fromisoformat(time).timestamp(), event, detail)
        except ValueError as error:
            raise BadRecording(f"{path}, line {rows.line_num}: {error}") from error


def _foreign_rows(folder: Path, source: _Source) -> Iterator[Sample]:
    path = folder / source.file
    with _open(path) as file:
        rows = csv.reader(file)
        names = next(rows, [])
        missing = [name for name in (source.time, *source.columns) if name not in names]
        if missing:
            raise BadRecording(f"{path}: no column {', '.join(missing)}; there are {', '.join(names)}")
        when = names.index(source.time)
        wires = [
            (names.index(column), target.partition("/")[0], target.partition("/")[2])
            for column, target in source.columns.items()
        ]
        try:
            for row in rows:
                at = datetime.fromisoformat(row[when]).timestamp()
                for index, facility, quantity in wires:
                    text = row[index]
                    good = bool(text)
                    yield Sample(at, facility, quantity, float(text) if good else math.nan, GOOD if good else MISSING)
        except (ValueError, IndexError) as error:
            raise BadRecording(f"{path}, line {rows.line_num}: {error}") from error


def _weeks_to(path: Path, end: datetime) -> float:
    """Seconds, a whole number of weeks, that bring the file's last line into the week before `end`."""
    last = ""
    with _open(path) as file:
        for line in file:
            last = line
    try:
        at = datetime.fromisoformat(last.split(",", 1)[0]).timestamp()
    except ValueError as error:
        raise BadRecording(f"{path}: its last line has no time first: {last.strip()!r}") from error
    return math.floor((end.timestamp() - at) / WEEK_S) * WEEK_S


def _shifted(rows: Iterator[Sample], seconds: float) -> Iterator[Sample]:
    return (Sample(row.at + seconds, row.facility, row.quantity, row.value, row.quality) for row in rows)
