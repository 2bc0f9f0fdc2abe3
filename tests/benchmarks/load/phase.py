"""What the generator is asked to do, and what it saw: JSON lines between it and who started it."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fleet:
    """Who connects, and when their virtual time begins."""

    stations: list[tuple[str, str]]
    """(id, broker password)."""
    start: str
    """ISO 8601; a whole hour."""

    @property
    def begins(self) -> datetime:
        """Minute 0 of everybody."""
        return datetime.fromisoformat(self.start)


@dataclass(frozen=True, slots=True)
class Where:
    """The broker, on loopback."""

    port: int


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of load."""

    kind: str
    """`mix`: minutes, and quarters when they are over. `backlog`: full envelopes on the lane `later`."""
    seconds: float
    """How long anything is said; what is under way then is waited for."""
    rate: float | None = None
    """Envelopes a second by the clock, whatever the hub does. None: each station goes on once it is acknowledged."""
    stations: int | None = None
    """How many take part. None: all."""
    minutes: int | None = None
    """Backlog: how many each station has; over when all are said. None: no end but that of time."""
    warm_s: float = 2.0
    """How much of the beginning is left out of rate and latency."""
    patience_s: float = 120.0
    """How long what is under way at the end may take."""


@dataclass(slots=True)
class Seen:
    """What became of a phase."""

    published: int = 0
    acknowledged: int = 0
    minutes: int = 0
    quarters: int = 0
    """Committed by the hub's word, as are minutes."""
    repeated: int = 0
    """Published again because no acknowledgement came in time."""
    unacknowledged: int = 0
    """At the end of all patience."""
    strays: int = 0
    """Acknowledgements of what was acknowledged already."""
    wrong: int = 0
    """Acknowledgements that are not what they must be."""
    faults: list[str] = field(default_factory=list)
    """The first of them, in words."""
    rate: float = 0.0
    """Acknowledged envelopes a second, from the end of the warm-up to the end of saying."""
    seconds: float = 0.0
    """From the first envelope to the last acknowledgement."""
    p50_s: float = 0.0
    p99_s: float = 0.0
    """From when an envelope was due (paced) or published to its acknowledgement."""
    longest_s: float = 0.0
    asked_to_wait: int = 0
    """Acknowledgements that asked the backlog to wait."""
    cpu: float = 0.0
    """The generator's own use of one core."""
    late: float = 0.0
    """Share of paced envelopes that were published more than 50 ms after they were due: the generator, or a station
    that had one under way."""


def spelled(thing: Fleet | Where | Phase | Seen) -> str:
    """One line of JSON."""
    return json.dumps(asdict(thing))
