"""A road between a station and its broker that can be cut, and that loses, doubles, swaps and delays what goes over it.

Just enough of MQTT 3.1.1 is read to know envelopes and acknowledgements: a fixed header, a length, a topic.
"""

import asyncio
import threading
from collections import Counter
from dataclasses import dataclass, field
from random import Random

PUBLISH = 3
PUBACK = 0x40
HELD_S = 0.5
"""How long a packet that is to be overtaken waits for one that overtakes it."""


@dataclass(slots=True)
class Mischief:
    """How likely each thing is to happen to an envelope on its way up, or to an acknowledgement on its way down."""

    chance: Random
    cut: float = 0.0
    """The road is cut in the middle of it."""
    lose: float = 0.0
    """It vanishes; the broker is made to look as if it had taken an envelope."""
    double: float = 0.0
    swap: float = 0.0
    """The next packet overtakes it."""
    slow: float = 0.0
    """It takes up to two seconds."""
    done: Counter[str] = field(default_factory=Counter)

    def draw(self) -> str:
        """What happens to the next one."""
        drawn = self.chance.random()
        for what in ("cut", "lose", "double", "swap", "slow"):
            likely = getattr(self, what)
            if drawn < likely:
                self.done[what] += 1
                return what
            drawn -= likely
        return "pass"

    def calm(self) -> None:
        """Nothing happens any more."""
        self.cut = self.lose = self.double = self.swap = self.slow = 0.0


class Cut(Exception):
    """The connection is to end here."""


class Proxy:
    """A road to one broker, in a thread of its own. Used as a context manager."""

    def __init__(self, target_port: int, mischief: Mischief) -> None:
        self.mischief = mischief
        self.target_port = target_port
        self.port = 0
        self._closed = False
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="proxy", daemon=True)

    def __enter__(self) -> "Proxy":
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_error: object) -> None:
        if not self._thread.is_alive():
            return
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def cut(self) -> None:
        """End every connection and let nobody in."""
        self._closed = True
        self._loop.call_soon_threadsafe(self._tear)

    def restore(self) -> None:
        """Let them in again."""
        self._closed = False

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._entered, "127.0.0.1", 0))
        self.port = int(server.sockets[0].getsockname()[1])
        self._ready.set()
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    def _tear(self) -> None:
        for writer in tuple(self._writers):
            writer.transport.abort()

    async def _entered(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._closed:
            writer.transport.abort()
            return
        try:
            back, onward = await asyncio.open_connection("127.0.0.1", self.target_port)
        except OSError:
            writer.transport.abort()
            return
        ends = {writer, onward}
        self._writers |= ends
        up = asyncio.create_task(_carry(reader, _Way(onward, writer, self.mischief, b"/up/")))
        down = asyncio.create_task(_carry(back, _Way(writer, None, self.mischief, b"/ack")))
        try:
            await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            pass  # the road itself ends
        finally:
            up.cancel()
            down.cancel()
            for end in ends:
                self._writers.discard(end)
                end.transport.abort()


class _Way:
    """One direction of one connection."""

    def __init__(
        self, onward: asyncio.StreamWriter, back: asyncio.StreamWriter | None, mischief: Mischief, marked: bytes
    ) -> None:
        self._onward, self._back, self._mischief, self._marked = onward, back, mischief, marked
        self._held: bytes | None = None

    async def send(self, packet: bytes) -> None:
        """Pass it on, or do to it what chance says. Raises Cut."""
        what = self._mischief.draw() if marked(packet, self._marked) else "pass"
        if what == "cut":
            self._onward.write(packet[: self._mischief.chance.randrange(len(packet))])
            await self._onward.drain()
            raise Cut
        if what == "lose":
            if self._back is not None and packet[0] & 0x06:
                self._back.write(bytes([PUBACK, 2]) + packet_id(packet))
            return
        if what == "slow":
            await asyncio.sleep(self._mischief.chance.uniform(0, 2))
        if what == "swap" and self._held is None:
            self._held = packet
            return
        self._onward.write(packet + packet if what == "double" else packet)
        await self.release()
        await self._onward.drain()

    async def release(self) -> None:
        """What was to be overtaken has been, or waited long enough."""
        if self._held is not None:
            self._onward.write(self._held)
            self._held = None

    @property
    def holds(self) -> bool:
        """Whether something waits to be overtaken."""
        return self._held is not None


async def _carry(reader: asyncio.StreamReader, way: _Way) -> None:
    while True:
        # Only the first byte may time out: a packet that has begun is read to its end.
        try:
            first = await asyncio.wait_for(reader.readexactly(1), HELD_S if way.holds else None)
        except TimeoutError:
            await way.release()
            continue
        except (asyncio.IncompleteReadError, OSError):
            return
        try:
            await way.send(first + await _rest(reader))
        except (asyncio.IncompleteReadError, OSError, Cut):
            return


async def _rest(reader: asyncio.StreamReader) -> bytes:
    """Length and body of a packet whose first byte was read."""
    head, length, shift = b"", 0, 0
    while True:
        byte = await reader.readexactly(1)
        head += byte
        length |= (byte[0] & 0x7F) << shift
        shift += 7
        if not byte[0] & 0x80:
            return head + await reader.readexactly(length)


def marked(packet: bytes, topic: bytes) -> bool:
    """Whether it is a PUBLISH to a topic with this in it."""
    if packet[0] >> 4 != PUBLISH:
        return False
    start = _topic_at(packet)
    return topic in packet[start + 2 : start + 2 + int.from_bytes(packet[start : start + 2], "big")]


def packet_id(packet: bytes) -> bytes:
    """Of a PUBLISH at QoS 1."""
    start = _topic_at(packet)
    after = start + 2 + int.from_bytes(packet[start : start + 2], "big")
    return packet[after : after + 2]


def _topic_at(packet: bytes) -> int:
    at = 1
    while packet[at] & 0x80:
        at += 1
    return at + 1
