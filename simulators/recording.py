"""The folder a recording is: recording.toml, samples.csv.gz, events.csv. Written here, read by `edge replay`."""

import gzip
import io
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from simulators.scenario import Scenario
from simulators.toml_text import table

SAMPLES = "samples.csv.gz"
HEADER = "time,facility,quantity,value,quality\n"


def instant(at: float) -> str:
    """ISO 8601 in UTC with a Z; hundredths only where there are any."""
    text = datetime.fromtimestamp(round(at, 2), UTC).isoformat(timespec="milliseconds")
    return (text[:-10] if text[-10:-6] == ".000" else text[:-6]) + "Z"


def describe(scenario: Scenario) -> str:
    """recording.toml: the station's name, its opening hours, its facilities with kind and options."""
    parts = [table("station", {"name": scenario.name, "opening": scenario.opening})]
    for facility in scenario.facilities:
        row: dict[str, object] = {"id": facility.id, "kind": facility.kind}
        if facility.label:
            row["label"] = facility.label
        if facility.options:
            row["options"] = facility.options
        row["quantities"] = sorted(facility.wires)
        parts.append(table("facility", row, many=True))
    return "\n".join(parts)


class RecordingWriter:
    """Writes a recording row by row; the folder is complete when the writer is left without an exception."""

    def __init__(self, folder: Path, scenario: Scenario) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._scenario = scenario
        self._partial = folder / f"{SAMPLES}.partial"

    def __enter__(self) -> "RecordingWriter":
        self._bytes = gzip.open(self._partial, "wb", compresslevel=1)
        self._text = io.TextIOWrapper(self._bytes, encoding="utf-8", newline="", write_through=True)
        self._text.write(HEADER)
        return self

    def rows(self, lines: Iterable[str]) -> None:
        """Add finished lines, each with its newline, in order of time."""
        self._text.write("".join(lines))

    def events(self, happened: Iterable[tuple[float, str, str]]) -> None:
        """Write events.csv: instant, event and detail, in order of time."""
        lines = ["time,event,detail\n", *(f"{instant(at)},{event},{detail}\n" for at, event, detail in happened)]
        (self._folder / "events.csv").write_text("".join(lines), "utf-8")

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._text.close()
        if problem is None:
            (self._folder / "recording.toml").write_text(describe(self._scenario), "utf-8")
            self._partial.replace(self._folder / SAMPLES)
        else:
            self._partial.unlink(missing_ok=True)
