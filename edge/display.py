"""What an agent shows of its station: the board to the kiosk, live states to the hub, status and log to a technician.

A disk that takes no board or status is said once; the agent goes on.
"""

import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import structlog

from edge.bus import Bus
from edge.due import Due
from edge.keep import Keep
from edge.observer import Observer
from edge.outages import Outages
from edge.port import StreamPort
from edge.settings import Settings
from edge.show import board, live
from edge.status import EVERY_S, Chronicle, Status, write_status
from edge.troubles import Signs, troubles
from edge.uplink import Uplink
from shared.board import KioskKeys, write_board, write_keys
from shared.keys import card_key, qr_key
from shared.moment import Clock, Stamp
from shared.outbox import Outbox
from shared.text import Text

BOARD_EVERY_S = 5.0
LIVE_EVERY_S = 60.0
BOARD, STATUS, KEYS = "board not written", "status not written", "keys of the kiosk not written"

log = structlog.get_logger("agent")


@dataclass(slots=True)
class Display:
    """See the module."""

    folder: Path
    settings: Settings
    clock: Clock
    keep: Keep
    outbox: Outbox
    observer: Observer
    uplink: Uplink
    buses: Sequence[Bus[Stamp]]
    ports: Sequence[StreamPort[Stamp]]
    chronicle: Chronicle = field(init=False)
    not_kept: bool = False
    """Whether the last facts could not be written down."""
    _outages: Outages = field(default_factory=lambda: Outages(log))
    _showing: Due = field(default_factory=lambda: Due(BOARD_EVERY_S))
    _living: Due = field(default_factory=lambda: Due(LIVE_EVERY_S))
    _telling: Due = field(default_factory=lambda: Due(EVERY_S))
    _shown: Mapping[str, str] = field(default_factory=dict)
    _status: Status | None = None
    _last_good: datetime | None = field(init=False)
    """What the agent's clock was made with, not what is kept since: the kiosk is to say what the agent says."""

    def __post_init__(self) -> None:
        self.chronicle = Chronicle(self.settings, self.clock)
        self._last_good = self.keep.last_good()
        self._give_keys()

    def tick(self, now: float) -> None:
        """What is due by now (monotonic)."""
        if self._showing.now(now):
            self._show()
        if self._telling.now(now):
            self._tell()

    def changed(self) -> None:
        """Facilities were judged: another state is shown at once."""
        judge = self.observer.judge
        states = {name: judge.standing(name).state.value for name in judge.judged}
        if states != self._shown:
            self._shown = states
            self._living.at = 0.0
            self._show()

    def look_for_salvages(self) -> None:
        """Whoever mended the outbox, agent or kiosk: the agent's log says it, once."""
        known = int(self.keep.get("salvages") or b"0")
        for salvage in self.outbox.salvages():
            if salvage.number <= known:
                continue
            self.keep.put({"salvages": str(salvage.number).encode()})
            log.error("the outbox was damaged", kept=salvage.file, carried=salvage.carried, lost=salvage.lost)

    def _give_keys(self) -> None:
        """The kiosk runs as another user, who cannot read the station's secret."""
        secret = self.settings.secret
        keys = KioskKeys(station=self.settings.station, qr=qr_key(secret).hex(), card=card_key(secret).hex())
        try:
            write_keys(self.folder, keys)
        except OSError as error:
            self._outages.begin(KEYS, why=str(error))

    def _show(self) -> None:
        stamp = self.clock()
        waiting = self.outbox.waiting(stamp)
        lasts_h = waiting.lasts_h(self.chronicle.records_per_hour)
        held, uplink = waiting.now + waiting.later, self.uplink
        now = board(
            self.settings,
            self.observer,
            stamp,
            held,
            uplink.online,
            lasts_h,
            uplink.silent_s,
            self._troubles(stamp, lasts_h),
            self._last_good,
        )
        try:
            write_board(self.folder, now)
            self._outages.end(BOARD, "board written again")
        except OSError as error:
            self._outages.begin(BOARD, why=str(error))
        if self._living.now(time.monotonic()):
            for shown in live(self.observer, stamp):
                self.uplink.live(shown)

    def _troubles(self, stamp: Stamp, lasts_h: float | None) -> list[Text]:
        if self._status is None:
            return []
        free = shutil.disk_usage(self.folder).free
        return troubles(self.settings, self._status, Signs(stamp.clock, lasts_h, self.outbox.aside(), free))

    def _tell(self) -> None:
        self._status = status = self.chronicle.status(
            self.buses, self.ports, self.outbox, self.uplink, self.observer.forgotten, not_kept=self.not_kept
        )
        try:
            write_status(self.folder, status)
            self._outages.end(STATUS, "status written again")
        except OSError as error:
            self._outages.begin(STATUS, why=str(error))
        self.look_for_salvages()
