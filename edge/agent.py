"""The agent of one station: lines and ports in, judgement, outbox and board out. It conducts; others decide and do.

Readings come from the lines' workers, become samples, are heard by the observer; once a second time passes and what
is to be said goes to the outbox. The uplink empties that on its own. Rule memory is kept every half minute and at
the end.
"""

import asyncio
import contextlib
import secrets
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import structlog

from edge.bus import Bus
from edge.display import Display
from edge.driver import Reading
from edge.due import Due
from edge.inventory import devices_of, judged, station_facts
from edge.keep import Keep, KeepBroken
from edge.mqtt import HubAddress
from edge.observer import MEMORY, POLLED_STEADY_S, Observer
from edge.outages import Outages
from edge.port import StreamPort
from edge.sampling import Sample, Wiring
from edge.settings import Settings
from edge.uplink import Uplink
from shared.board import outbox_path, read_settings, write_settings
from shared.ids import record_id
from shared.moment import Clock, ClockQuality, Stamp
from shared.outbox import Outbox, OutboxBroken, OutboxFull, RecordTooLarge
from shared.records import Fact, Spell
from shared.settings_message import StationSettings

TICK_S = 0.2
JUDGE_EVERY_S = 1.0
KEEP_EVERY_S = 30.0

NOT_KEPT, REFUSED = "not kept on disk", "records not kept"

log = structlog.get_logger("agent")


@dataclass(slots=True)
class Agent:
    """See the module."""

    folder: Path
    settings: Settings
    clock: Clock
    keep: Keep
    listener: Callable[[Sample], None] | None = None
    """Hears every sample too: a recorder."""
    buses: Sequence[Bus[Stamp]] = field(init=False)
    ports: Sequence[StreamPort[Stamp]] = field(init=False)
    outbox: Outbox = field(init=False)
    observer: Observer = field(init=False)
    uplink: Uplink = field(init=False)
    display: Display = field(init=False)
    _wiring: Wiring = field(init=False)
    _judging: Due = field(default_factory=lambda: Due(JUDGE_EVERY_S))
    _keeping: Due = field(default_factory=lambda: Due(KEEP_EVERY_S))
    put: Counter[str] = field(default_factory=Counter)
    """Records put, by type."""
    samples: int = 0
    _outages: Outages = field(default_factory=lambda: Outages(log))
    _unheeded: StationSettings | None = None
    """Settings whose word on facilities waits until the clock is right."""

    def __post_init__(self) -> None:
        told = self._unheeded = read_settings(self.folder)
        self.outbox = Outbox(outbox_path(self.folder))
        self.observer = Observer(
            judged(self.settings.facilities),
            told.opening if told else None,
            self._new_id,
            POLLED_STEADY_S,
            {name: self.keep.get(name) for name in MEMORY},
        )
        if self.observer.forgotten:
            log.error("memory not read, judging starts anew", parts=self.observer.forgotten)
        self.buses = [Bus(line, self._hear, self.clock, unreadable=self._unreadable) for line in self.settings.lines]
        self.ports = [StreamPort(device, self._hear, self.clock) for device in self.settings.streams]
        self._wiring = Wiring(self.settings.facilities, self.settings.drivers)
        self.uplink = Uplink(
            self.settings.station,
            self.settings.secret,
            HubAddress.of(self.settings.hub, self.settings.ca),
            self.outbox,
            self.keep,
            self.clock,
            time.monotonic,
            self._told,
            settings_number=told.number if told else 0,
        )
        self.display = Display(
            self.folder,
            self.settings,
            self.clock,
            self.keep,
            self.outbox,
            self.observer,
            self.uplink,
            self.buses,
            self.ports,
        )
        self.display.look_for_salvages()

    def _new_id(self, at: float) -> str:
        return record_id(datetime.fromtimestamp(at, UTC), secrets.token_bytes(10))

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set, whatever lines, ports, broker and disk do."""
        self._say_what_stands_here()
        self.uplink.start()
        running = [*(bus.run() for bus in self.buses), *(port.run() for port in self.ports)]
        workers = [asyncio.create_task(guarded(worker)) for worker in running]
        try:
            while not stop.is_set():
                try:
                    self.tick()
                    self._outages.end(NOT_KEPT, "kept on disk again")
                except (OutboxBroken, OutboxFull, KeepBroken) as error:
                    self._outages.begin(NOT_KEPT, why=str(error))
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), TICK_S)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
            self._judge(self.clock())
            self._remember()
            await asyncio.to_thread(self.uplink.stop)

    def _hear(self, device: str, reading: Reading | None, stamp: Stamp) -> None:
        self.display.chronicle.hear(device, reading, stamp)
        if stamp.clock is ClockQuality.WRONG:
            return  # nobody could say which minute this belongs to: those minutes stay unknown
        for sample in self._wiring.samples(device, reading, stamp.at.timestamp()):
            self.samples += 1
            self.observer.hear(sample)
            if self.listener is not None:
                self.listener(sample)

    def _unreadable(self, device: str, stamp: Stamp) -> None:
        if stamp.clock is not ClockQuality.WRONG and self._wiring.meters(device):
            self.observer.unreadable(stamp.at.timestamp())

    def close(self) -> None:
        """Let go of the station's files."""
        self.outbox.close()
        self.keep.close()

    def tick(self) -> None:
        """What is due by now: judge, send, show, keep."""
        now = time.monotonic()
        if self._judging.now(now):
            self._judge(self.clock())
        self.uplink.tick()
        self.display.tick(now)
        if self._keeping.now(now):
            self._remember()

    def _judge(self, stamp: Stamp) -> None:
        if stamp.clock is ClockQuality.WRONG:
            return
        if self._unheeded is not None:
            self._heed(self._unheeded, stamp.at.timestamp())
            self._unheeded = None
        dated = self.observer.advance(stamp.at.timestamp())
        if any(isinstance(one.fact, Spell) for one in dated):
            # Memory first: a spell the hub knows and this agent forgot would stay open for ever.
            self._remember()
        if dated:
            self._put([(one.fact, stamp) for one in dated])
        self.display.changed()

    def _put(self, facts: Sequence[tuple[Fact, Stamp]]) -> bool:
        """Whether they are on disk. A fact that is too large for the wire takes no other down."""
        try:
            self.outbox.put_all(facts)
        except RecordTooLarge as error:
            if len(facts) > 1:
                kept = [self._put([fact]) for fact in facts]
                return all(kept)
            log.error("a fact is too large for the wire", why=str(error))
            return False
        except (OutboxFull, OutboxBroken) as error:
            self._outages.begin(REFUSED, why=str(error))
            self.display.not_kept = True
            return False
        self._outages.end(REFUSED, "records are kept again")
        self.put.update(fact.type for fact, _ in facts)
        self.display.not_kept = False
        return True

    @property
    def records_per_hour(self) -> float | None:
        """Records put into the outbox; None before there is a rate."""
        return self.display.chronicle.records_per_hour

    @property
    def evaluations(self) -> Mapping[str, int]:
        """How often the rules of each facility were applied."""
        return self.observer.judge.evaluations()

    def _remember(self) -> None:
        stamp = self.clock()
        if stamp.clock is ClockQuality.WRONG:
            return
        self.keep.put(self.observer.memory())
        self.keep.saw(stamp.at)

    def _told(self, settings: StationSettings) -> None:
        write_settings(self.folder, settings)
        self.observer.set_opening(settings.opening)
        self._unheeded = settings
        log.info("settings", number=settings.number)

    def _heed(self, settings: StationSettings, now: float) -> None:
        """People's answers and the units that stand here; all of it may be heard again and again."""
        for facility, unit in settings.units.items():
            self.observer.stands(facility, unit, now)
        for answer in settings.answers:
            self.observer.state(answer.facility, answer.answer, answer.at.timestamp(), now)

    def _say_what_stands_here(self) -> None:
        """Once for every wiring: the hub shows facilities by these names. Without any, a recording may have spoken."""
        if not self.settings.facilities:
            return
        facts = station_facts(self.settings.facilities, devices_of(self.settings))
        known = facts.model_dump_json().encode()
        if self.keep.get("facts") != known and self._put([(facts, self.clock())]):
            self.keep.put({"facts": known})


async def guarded(worker: Awaitable[None]) -> None:
    """A worker that dies of something nobody foresaw is reported; the others and the uplink go on."""
    try:
        await worker
    except asyncio.CancelledError:
        raise
    except Exception:
        log.exception("a worker died")
