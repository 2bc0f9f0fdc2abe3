"""One connected station: its socket, and its two lanes with at most one envelope under way in each."""

import socket
from collections import deque
from dataclasses import dataclass, field

from shared import topics
from tests.benchmarks.load import codec
from tests.benchmarks.load.told import QUARTER_MINUTES, Said, Speech

UNBOUNDED = 1 << 30
TIMEOUT_S = 10.0
"""As `edge.flight` waits before it says an envelope again."""


@dataclass(slots=True)
class Lane:
    """What waits to be said and what is under way. Times are seconds of the monotonic clock."""

    topic: bytes
    """As `codec.spelled` gives it."""
    waiting: deque[tuple[float, int]] = field(default_factory=deque)
    """(when it was due, the minute it begins with)."""
    said: Said | None = None
    due: float = 0.0
    """When what is under way was due."""
    published: float = 0.0
    timeout_s: float = TIMEOUT_S
    free_at: float = 0.0
    """The hub asked to wait until then."""


class Station:
    """See the module. It says minute after minute, and remembers what the hub has said it committed."""

    def __init__(self, number: int, name: str, password: str, speech: Speech) -> None:
        self.number, self.name, self.password, self.speech = number, name, password, speech
        self.minute = number % QUARTER_MINUTES
        """The next to be said. They begin apart: the quarters of a country do not, but its stations are more."""
        self.owed: int | None = None
        """The start of a quarter-hour that is over and was not said. None: none is."""
        self.left: int | None = None
        """How many minutes of backlog it may still say. None: as many as it likes."""
        self.now = Lane(codec.spelled(topics.up_now(name)))
        self.later = Lane(codec.spelled(topics.up_later(name)))
        self.minutes = self.quarters = 0
        """Committed, by the hub's word."""
        self.reader = codec.Reader()
        self.out = b""
        """What the socket did not take yet."""
        self._packets = 0
        self.socket = socket.socket()

    def open(self, port: int) -> None:
        """Connect the socket and say who it is."""
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.write(codec.connect(self.name, self.name, self.password, 600))

    def listen(self) -> None:
        """Ask for the hub's acknowledgements, at QoS 0 as a station does."""
        self.write(codec.subscribe(self._next(), topics.ack(self.name), 0))

    def publish(self, topic: bytes, payload: bytes) -> None:
        """At QoS 1, as a station does."""
        self.write(codec.publish(topic, self._next(), payload))

    def write(self, data: bytes) -> None:
        """Send as much as the socket takes; the rest stays in `out`."""
        if self.out:
            self.out += data
            return
        try:
            sent = self.socket.send(data)
        except BlockingIOError:
            sent = 0
        if sent < len(data):
            self.out = data[sent:]

    def flush(self) -> None:
        """The socket takes more."""
        data, self.out = self.out, b""
        self.write(data)

    def plan(self, due: float) -> Lane:
        """What comes next in the mix, put on its lane: a quarter that is owed, or the next minute."""
        if self.owed is not None:
            self.later.waiting.append((due, self.owed))
            self.owed = None
            return self.later
        self.now.waiting.append((due, self.minute))
        if self.minute % QUARTER_MINUTES == QUARTER_MINUTES - 1:
            self.owed = self.minute - QUARTER_MINUTES + 1
        self.minute += 1
        return self.now

    def backlog(self) -> Said:
        """The next full envelope."""
        said = self.speech.backlog(self.minute, UNBOUNDED if self.left is None else self.left)
        self.minute += said.minutes
        if self.left is not None:
            self.left -= said.minutes
        return said

    def forget_plans(self) -> None:
        """Time is over: what was not published is never said, and nobody misses it."""
        self.now.waiting.clear()
        self.later.waiting.clear()

    def _next(self) -> int:
        self._packets = self._packets % 65535 + 1
        return self._packets
