"""The two lanes of the wire, each over a connection of its own: what is now never waits behind a backlog.

Over one connection it would: the broker hands over in the order of arrival, and a thousand stations that come back
bring a hundred megabytes each minute.
"""

import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from hub.address import Address
from hub.line import Arrived
from hub.mqtt import Connection
from shared import topics

BATCH_WAIT_S = 0.1
LINGER_S = 0.01
NOW_BYTES = 4 * 1024 * 1024
LATER_BYTES = 2 * 1024 * 1024
"""Of a batch: a commit, and with it an alert, waits for so much of the backlog, about a fifth of a second. And however
much is said now, so much of the backlog goes with it: nobody starves."""


class Lanes:
    """What the hub hears from stations, and what it says to them. A `hub.line.Line`."""

    def __init__(self, address: Address, name: str, now: Callable[[], datetime], shared: str = "") -> None:
        """`name` must not be known to others. `shared` goes before the subscriptions that several processes share."""
        self._something = threading.Event()
        # When one of several processes ends, the others must hear its last will to contradict it.
        own = [topics.HUB_STATE] if shared else []
        self._first = Connection(
            address,
            f"{name}-now",
            now,
            [shared + topics.SUBSCRIBE_NOW, shared + topics.SUBSCRIBE_STATE, *own],
            announce=True,
            something=self._something,
        )
        self._later = Connection(
            address, f"{name}-later", now, [shared + topics.SUBSCRIBE_LATER], something=self._something
        )

    def start(self) -> None:
        """Connect, and go on trying. The announcing one comes last: then both hear."""
        self._later.start()
        self._first.start()

    def stop(self) -> None:
        """Say goodbye."""
        self._first.stop()
        self._later.stop()

    @property
    def alive(self) -> bool:
        """Whether both network loops run."""
        return self._first.alive and self._later.alive

    @property
    def connection(self) -> int | None:
        """A number for the time in which both lanes stand, another after each return. None: they do not."""
        both = self._first.listening and self._later.listening
        return self._first.connection + self._later.connection if both else None

    def take(self, limit: int) -> list[Arrived]:
        """What has arrived, the lane `now` first: as soon as there is a full batch, or after a tenth of a second."""
        self._something.clear()
        if not self.waiting():
            self._something.wait(BATCH_WAIT_S)
        deadline = time.monotonic() + BATCH_WAIT_S
        while 0 < self.waiting() < limit and not self._enough and time.monotonic() < deadline:
            time.sleep(LINGER_S)
        return self._first.take(limit, NOW_BYTES) + self._later.take(limit, LATER_BYTES)

    def waiting(self) -> int:
        """How many messages were not taken yet."""
        return self._first.waiting() + self._later.waiting()

    @property
    def _enough(self) -> bool:
        return self._first.waiting_bytes >= NOW_BYTES or self._later.waiting_bytes >= LATER_BYTES

    @property
    def fullness(self) -> float:
        """The share of the backlog's room that is taken."""
        return self._later.fullness

    def say(self, topic: str, payload: str) -> None:
        """Publish at QoS 0: an acknowledgement that is lost costs one repetition."""
        self._first.say(topic, payload)

    def acknowledge(self, batch: Sequence[Arrived]) -> None:
        """Tell the broker that these need not come again."""
        later = [arrived for arrived in batch if arrived.topic.endswith("/later")]
        self._later.acknowledge(later)
        self._first.acknowledge(batch if not later else [one for one in batch if not one.topic.endswith("/later")])
