"""Tells people: takes events, lets alerts go up, reminds, sends what is due, writes receipts. One process at a time.

A slow endpoint holds up its own road and no other. What a process that dies had on its way is sent again under the same
key: an endpoint may get a message twice, and none is lost.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from hub.keys import HubKeys
from hub.notices import queue_store, store, taking
from hub.notices.carrying import Carrier
from hub.notices.queue_store import Parcel
from hub.notices.robots import Receipt
from hub.notices.wording import message
from hub.settings import HubSettings
from hub.telemetry import store as telemetry
from shared.text import Language

TICK_S = 1.0
BUSY_S = 0.1
"""Between two rounds while something is on its way: the next message of a road follows at once."""
LEASE = "notices"
LEASE_LENGTH = timedelta(seconds=20)
"""A danger waits no longer than that for another process after one was killed."""
AT_ONCE = 32
"""Messages on their way at a time."""
_log = structlog.get_logger("notices")


def carrier_of(settings: HubSettings) -> Carrier:
    """How this hub reaches the world."""
    gateways: dict[str, str] = {str(kind): url for kind, url in settings.notice_gateways.items()}
    return Carrier(settings.notice_hosts, settings.mail_url, gateways)


@dataclass(slots=True)
class Courier:
    """The job. `tick` it often; `stop` it at the end."""

    engine: Engine
    keys: HubKeys
    carrier: Carrier
    public_url: str
    holder: str
    now: Callable[[], datetime]
    remind: Callable[[Session, datetime], int] | None = None
    """Writes the reminders that are due. None: nobody is reminded of anything."""
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(AT_ONCE, "notice"))
    _away: dict[int, tuple[Parcel, Future[Receipt]]] = field(default_factory=dict)
    """By road: what is on its way."""
    _held: bool = False

    def tick(self) -> bool:
        """One round. False: another process holds the lease."""
        if not self._holds():
            return False
        self._collect()
        self._take()
        if self._within(taking.escalate):
            self._take()
        if self.remind is not None:
            self._within(self.remind)
        if not self._holds():
            return False
        with Session(self.engine, expire_on_commit=False) as session:
            parcels = queue_store.claim(session, list(self._away), self.now(), AT_ONCE - len(self._away))
            session.commit()
        for parcel in parcels:
            self._away[store.identity(parcel.road)] = parcel, self._pool.submit(self._carry, parcel)
        return True

    def _take(self) -> None:
        """All events there are; the lease is kept up meanwhile."""
        while self._within(taking.take) and self._holds():
            pass

    @property
    def busy(self) -> bool:
        """Whether something is on its way."""
        return bool(self._away)

    def stop(self) -> None:
        """Wait for what is on its way, write its receipts, leave the lease to whoever comes next."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._collect()
        with Session(self.engine) as session:
            telemetry.drop_lease(session, LEASE, self.holder)
            session.commit()

    def _holds(self) -> bool:
        with Session(self.engine) as session:
            held = telemetry.take_lease(session, LEASE, self.holder, self.now(), LEASE_LENGTH)
            if held and not self._held and (again := queue_store.recover(session, list(self._away), self.now())):
                _log.warning("on their way when a process ended, sent again", notices=again)
            session.commit()
        self._held = held
        return held

    def _within(self, part: Callable[[Session, datetime], int]) -> int:
        with Session(self.engine) as session:
            done = part(session, self.now())
            session.commit()
        return done

    def _carry(self, parcel: Parcel) -> Receipt:
        language: Language = "en" if parcel.road.language == "en" else "zh"
        words = message(parcel.said, parcel.key, language, self.public_url)
        return self.carrier.carry(self.keys.opened(parcel.road.sealed).decode(), words)

    def _collect(self) -> None:
        """Write the receipts of what came back."""
        back = [road for road, (_, future) in self._away.items() if future.done()]
        for road in back:
            parcel, future = self._away.pop(road)
            if future.cancelled():
                continue
            error = future.exception()
            if error is not None:
                _log.error("a notice could not be sent", road=road, why=type(error).__name__)
            receipt = Receipt(False, "", type(error).__name__) if error is not None else future.result()
            with Session(self.engine) as session:
                queue_store.settle(session, parcel, receipt, self.now())
                session.commit()
            _log.info("notice", road=road, kind=parcel.road.kind, arrived=receipt.arrived, code=receipt.code)
