"""Writes down what a real station measures, as a recording that can be replayed."""

import csv
import gzip
import math
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from edge.recording import HEADER, SAMPLES, TOML
from edge.sampling import Sample
from edge.settings import Settings
from shared.quantities import split

CONTACT_EVERY_S = 600.0
"""A two-state quantity is written on change and this often."""


class Recorder:
    """One recording being written. Close it: the last block is compressed then."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        folder.mkdir(parents=True)
        (folder / TOML).write_text(_toml(settings))
        self._file: IO[str] = gzip.open(folder / SAMPLES, "wt", newline="")  # noqa: SIM115 — closed by close()
        self._rows = csv.writer(self._file)
        self._rows.writerow(HEADER)
        self._told: dict[tuple[str, str], Sample] = {}
        self.samples = 0

    def hear(self, sample: Sample) -> None:
        """One sample; a contact that has not changed is left out for ten minutes."""
        wire = (sample.facility, sample.quantity)
        told = self._told.get(wire)
        if split(sample.quantity)[0].two_state and told is not None:
            same = (sample.value, sample.quality) == (told.value, told.quality)
            if same and sample.at - told.at < CONTACT_EVERY_S:
                return
        self._told[wire] = sample
        time = datetime.fromtimestamp(sample.at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        value = "" if math.isnan(sample.value) else f"{sample.value:g}"
        self._rows.writerow((time, sample.facility, sample.quantity, value, sample.quality))
        self.samples += 1

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def _toml(settings: Settings) -> str:
    lines = ["[station]", f'name = "{settings.station}"', ""]
    for facility in settings.facilities:
        quantities = ", ".join(f'"{quantity}"' for quantity in sorted(facility.quantities))
        lines += ["[[facility]]", f'id = "{facility.id}"', f"quantities = [{quantities}]"]
        options = ", ".join(f"{name} = {_value(value)}" for name, value in facility.options.items())
        lines += [f"options = {{ {options} }}" if options else "options = {}", ""]
    return "\n".join(lines)


def _value(value: float | str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"
