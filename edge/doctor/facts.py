"""What a doctor looks at, gathered without disturbing an agent that runs. Nothing here judges."""

import shutil
import socket
import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from edge.doctor.ports import PortFacts, look_at
from edge.keep import LAST_GOOD, KeepBroken, good_time, holder, peek
from edge.mqtt import BadHubAddress, HubAddress
from edge.settings import Settings
from edge.status import Status, read_status
from shared.board import Board, outbox_path, read_board
from shared.moment import Stamp, system_clock
from shared.outbox import Outbox, OutboxBroken, OutboxFull, Salvage, Waiting

HUB_TIMEOUT_S = 3.0
HANGS_S = 120.0
"""An agent that holds the station and has not said how it fares for so long hangs."""


@dataclass(frozen=True, slots=True)
class OutboxFacts:
    """What waits, and how many records were ever put."""

    waiting: Waiting
    aside: int
    given: int
    unread: int = 0
    """Of those set aside: what only a later version can read."""
    salvages: tuple[Salvage, ...] = ()
    """Times it was damaged, as far as the damaged file still lies there."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything, at one time."""

    settings: Settings
    stamp: Stamp
    last_good: datetime | None
    holder: int | None
    """The process that holds the station; None if none does."""
    status: Status | None
    board: Board | None
    ports: Mapping[str, PortFacts]
    hub: str | None
    """Why the broker's port cannot be reached; None where it can."""
    outbox: OutboxFacts | None
    """None before there is one."""
    disk_free: int
    broken: list[str] = field(default_factory=list)
    """Files that could not be read, and why."""
    asked: Mapping[str, str | None] = field(default_factory=dict)
    """Devices that were asked by the doctor itself: why there was no reading, or None where there was."""

    @property
    def age_s(self) -> float:
        """How old the agent's word is."""
        return 0.0 if self.status is None else max(0.0, (self.stamp.at - self.status.written_at).total_seconds())

    @property
    def since_s(self) -> float:
        """What its word lacks of now; 0 where it hangs, for its word is then of when it last wrote."""
        return self.age_s if self.age_s <= HANGS_S else 0.0


def gather(folder: Path, settings: Settings) -> Facts:
    """Look at everything once; takes a few seconds where the hub does not answer."""
    broken: list[str] = []
    last_good = None
    try:
        last_good = good_time(peek(folder, LAST_GOOD))
    except (KeepBroken, ValueError) as error:
        broken.append(str(error))
    stamp = system_clock(last_good)()
    paths = [line.port for line in settings.lines] + [device.port for device in settings.streams]
    return Facts(
        settings=settings,
        stamp=stamp,
        last_good=last_good,
        holder=holder(folder),
        status=read_status(folder),
        board=read_board(folder),
        ports={path: look_at(path) for path in paths},
        hub=unreached(settings.hub, settings.ca),
        outbox=_outbox(folder, stamp, broken),
        disk_free=shutil.disk_usage(folder).free,
        broken=broken,
    )


def _outbox(folder: Path, stamp: Stamp, broken: list[str]) -> OutboxFacts | None:
    path = outbox_path(folder)
    if not path.exists():
        return None
    try:
        with closing(Outbox(path)) as outbox:
            there = tuple(one for one in outbox.salvages() if (folder / one.file).exists())
            return OutboxFacts(outbox.waiting(stamp), outbox.aside(), outbox.given(), outbox.unread(), there)
    except (OutboxBroken, OutboxFull) as error:
        broken.append(str(error))
        return None


def unreached(hub: str, ca: Path | None) -> str | None:
    """Why the hub's broker cannot be reached, or is not known by its certificate. None: it can, and it is."""
    try:
        address = HubAddress.of(hub, ca)
        with socket.create_connection((address.host, address.port), HUB_TIMEOUT_S) as line:
            if address.tls:
                context = ssl.create_default_context(cafile=None if ca is None else str(ca))
                context.wrap_socket(line, server_hostname=address.host).close()
    except ssl.SSLCertVerificationError as error:
        return f"its certificate is not one this station knows ({error.verify_message}): ca in station.toml"
    except (OSError, BadHubAddress) as error:
        return str(error)
    return None
