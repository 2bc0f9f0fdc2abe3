"""Recordings of real appliances: the healthy must stay healthy, the one real anomaly must be found.

Nobody measured truth beside them: what is known of each is what its documentation says.
"""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from shared.records import Spell
from tests.evaluation.replayed import Source, judge

POWER = {"power_w": "power"}
PEAK = {"power_w_max": "power"}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording, and what is known of it."""

    source: Source
    anomaly: tuple[str, str] | None = None
    """From, until: the appliance was not as usual. None: it was healthy throughout."""
    least: int = 0
    """So many spells at least are to be found in it."""


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A spell of degraded or down. Times as ISO 8601 in UTC; until None: it lasts at the end."""

    rule: str
    state: str
    since: str
    until: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """What the station says of a recording."""

    name: str
    kind: str
    hours: float
    minutes: Mapping[str, int]
    """By state; those of a silence are in none."""
    anomalies: tuple[Anomaly, ...]
    false_alarms: int
    """Anomalies where nothing is known to have been wrong."""
    expected: int
    """Anomalies that had to be found."""
    notes: Sequence[str] = field(default=())

    @property
    def found(self) -> int:
        """Those that lie where something was wrong."""
        return len(self.anomalies) - self.false_alarms


def _tracebase(name: str, facility: str, columns: Mapping[str, str], **options: float | bool) -> Source:
    return Source(f"tracebase/{name}.csv.gz", facility, columns, options)


RECORDED: tuple[Recorded, ...] = (
    Recorded(_tracebase("fridge_D32131", "fridge-1", POWER)),
    Recorded(_tracebase("water_dispenser_998C63_aug", "drinking_water-1", POWER, heater=False)),
    Recorded(_tracebase("fridge_2011named", "fridge-1", POWER)),
    Recorded(_tracebase("fridge_599393", "fridge-1", POWER)),
    Recorded(
        _tracebase("fridge_B1C121_dropouts", "fridge-1", POWER), ("2011-12-02T00:00:00Z", "2011-12-03T15:40:00Z"), 3
    ),
    Recorded(_tracebase("fridge_98C08A", "fridge-1", POWER)),
    Recorded(_tracebase("freezer_D36601", "fridge-1", POWER)),
    Recorded(_tracebase("microwave_2011named", "microwave-1", PEAK)),
    Recorded(_tracebase("microwave_995FCC", "microwave-1", PEAK)),
)


def there(files: Path) -> list[Recorded]:
    """Those whose files are in the folder."""
    return [recorded for recorded in RECORDED if (files / recorded.source.file).is_file()]


def judged(recorded: Recorded, files: Path) -> Result:
    """One of them through the station's judgement."""
    with tempfile.TemporaryDirectory() as room:
        heard = judge(recorded.source, files, Path(room))
    anomalies = tuple(_anomaly(spell) for spell in sorted(heard.spells, key=lambda spell: spell.since))
    inside = [one for one in anomalies if _within(one, recorded.anomaly)]
    return Result(
        recorded.source.name,
        recorded.source.facility.rpartition("-")[0],
        round(heard.hours, 1),
        dict(heard.states),
        anomalies,
        len(anomalies) - len(inside),
        recorded.least,
    )


def _anomaly(spell: Spell) -> Anomaly:
    until = None if spell.until is None else f"{spell.until:%Y-%m-%dT%H:%M:%SZ}"
    return Anomaly(spell.rule, spell.state.value, f"{spell.since:%Y-%m-%dT%H:%M:%SZ}", until)


def _within(anomaly: Anomaly, known: tuple[str, str] | None) -> bool:
    """Whether it overlaps what is known; ISO times of one form sort as times do."""
    if known is None:
        return False
    return anomaly.since < known[1] and (anomaly.until is None or anomaly.until > known[0])
