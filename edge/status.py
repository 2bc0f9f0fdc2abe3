"""How the agent itself fares: `status.json` beside the board, replaced every ten seconds, for `waystation-edge doctor`.

Counts are since the agent's start, and over the last minutes; times are seconds before the file was written, for the
station's clock may jump.
"""

import os
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from edge.bus import Bus
from edge.driver import Reading
from edge.port import StreamPort
from edge.settings import Settings
from edge.uplink import Uplink
from shared.fields import Instant, Model
from shared.moment import Clock, Stamp
from shared.outbox import Outbox

STATUS = "status.json"
EVERY_S = 10.0
RECENT_S = 600.0
"""Error rates are of the last ten minutes: what was an hour ago is told by the totals."""
RATE_EVERY_S, RATE_S = 600.0, 86_400.0
"""Records put are noted every ten minutes, for a day."""
LEAST_RATE_S = 900.0
"""A rate over less is that of a start: much is said then, and the quarter-hours are not yet in it."""
LOST = "lost"
"""The failure of a port on which a device talks unasked: silent, gone, or not to be opened."""


class DeviceStatus(Model):
    """How one device answers. `failures` are by kind."""

    name: str
    answers: int
    failures: dict[str, int]
    recent_answers: int
    recent_failures: dict[str, int]
    answered_s: float | None
    """Since its last good answer; None if there was none."""


class Status(Model):
    """The agent, as it fares."""

    written_at: Instant
    running_s: float
    process: int
    forgotten: list[str]
    """Memory that could not be read at the start."""
    not_kept: bool
    """Whether the last facts could not be written down: the outbox or the disk is full."""
    ports: dict[str, bool | None]
    """By path: whether it is open; None before the first attempt."""
    devices: list[DeviceStatus]
    connected: bool
    """Whether the connection to the broker stands."""
    silent_s: float | None
    """Since the hub last acknowledged anything; None if never."""
    unanswered_s: float | None = None
    """Since envelopes leave and nothing is acknowledged; None where the last one was."""
    envelopes: int = 0
    """Sent since the start."""
    hub_says: bool | None = None
    """Whether the hub says that it listens; None where it says nothing over this connection."""
    clock_offset_s: float | None = None
    """By how much the hub's clock is ahead; None before it has said."""
    records_per_hour: float | None
    """Records put into the outbox; None before there is a rate."""
    rate_over_s: float


class _Look(NamedTuple):
    """What had been counted at one time."""

    at: float
    answers: Mapping[str, int]
    failures: Mapping[tuple[str, str], int]


@dataclass(slots=True)
class Chronicle:
    """Keeps what a status is made of. Times are the kernel's uptime."""

    settings: Settings
    clock: Clock
    began: float = field(init=False)
    records_per_hour: float | None = None
    """Records put into the outbox, as of the last status."""
    _answered: dict[str, float] = field(default_factory=dict)
    _looks: deque[_Look] = field(default_factory=lambda: deque(maxlen=round(RECENT_S / EVERY_S)))
    _put: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=round(RATE_S / RATE_EVERY_S)))

    def __post_init__(self) -> None:
        self.began = self.clock().uptime

    def hear(self, device: str, reading: Reading | None, stamp: Stamp) -> None:
        """A device was asked."""
        if reading is not None:
            self._answered[device] = stamp.uptime

    def status(
        self,
        buses: Sequence[Bus[Stamp]],
        ports: Sequence[StreamPort[Stamp]],
        outbox: Outbox,
        uplink: Uplink,
        forgotten: Sequence[str],
        *,
        not_kept: bool,
    ) -> Status:
        """Everything as it is now; call it every EVERY_S."""
        stamp = self.clock()
        now = _look(stamp.uptime, buses, ports)
        before = self._looks[0] if self._looks else _Look(self.began, {}, {})
        self._looks.append(now)
        put = outbox.given()
        if not self._put or stamp.uptime - self._put[-1][0] >= RATE_EVERY_S:
            self._put.append((stamp.uptime, put))
        since, put_then = self._put[0]
        over_s = stamp.uptime - since
        self.records_per_hour = (put - put_then) / over_s * 3600 if over_s >= LEAST_RATE_S else None
        lines = {line.port: bus.connected for line, bus in zip(self.settings.lines, buses, strict=True)}
        own = {device.port: port.connected for device, port in zip(self.settings.streams, ports, strict=True)}
        return Status(
            written_at=stamp.at,
            running_s=stamp.uptime - self.began,
            process=os.getpid(),
            forgotten=list(forgotten),
            not_kept=not_kept,
            ports=lines | own,
            devices=[self._device(name, now, before) for name in self.settings.drivers],
            connected=uplink.connected,
            silent_s=uplink.silent_s,
            unanswered_s=uplink.unanswered_s,
            envelopes=uplink.traffic.sent.total(),
            hub_says=uplink.hub_says,
            clock_offset_s=uplink.clock_offset_s,
            records_per_hour=self.records_per_hour,
            rate_over_s=over_s,
        )

    def _device(self, name: str, now: _Look, before: _Look) -> DeviceStatus:
        failures = {kind: count for (device, kind), count in now.failures.items() if device == name and count}
        recent = {kind: count - before.failures.get((name, kind), 0) for kind, count in failures.items()}
        answered = self._answered.get(name)
        return DeviceStatus(
            name=name,
            answers=now.answers.get(name, 0),
            failures=failures,
            recent_answers=now.answers.get(name, 0) - before.answers.get(name, 0),
            recent_failures={kind: count for kind, count in recent.items() if count},
            answered_s=None if answered is None else now.at - answered,
        )


def _look(at: float, buses: Sequence[Bus[Stamp]], ports: Sequence[StreamPort[Stamp]]) -> _Look:
    answers: Counter[str] = Counter()
    failures: Counter[tuple[str, str]] = Counter()
    for bus in buses:
        answers.update(bus.answers)
        failures.update({(device, kind.value): count for (device, kind), count in bus.failures.items()})
    for port in ports:
        answers[port.device] = port.readings
        failures[port.device, LOST] = port.reopened
    return _Look(at, answers, failures)


def write_status(folder: Path, status: Status) -> None:
    """Replace the file; nobody sees half of it."""
    beside = folder / f".{STATUS}.{os.getpid()}"
    beside.write_text(status.model_dump_json())
    beside.replace(folder / STATUS)


def read_status(folder: Path) -> Status | None:
    """What the agent last wrote; None where there is nothing that can be read."""
    try:
        return Status.model_validate_json((folder / STATUS).read_bytes())
    except (OSError, ValidationError):
        return None
