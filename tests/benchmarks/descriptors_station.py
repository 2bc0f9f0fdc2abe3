"""One idle station on TLS: connect, subscribe, say its birth, answer to pings. No thread, no wait: `go_on` does what
can be done now."""

import select
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from edge.mqtt import FIRST_PAUSE_S, KEEPALIVE_S
from shared import topics
from shared.envelope import StationState
from tests.benchmarks.load import codec

PINGREQ = b"\xc0\x00"
RETAINED = 0x01
READ = 16 * 1024


class Ended(Exception):
    """The connection is over; the message says how far it came."""


@dataclass(slots=True, eq=False)
class Station:
    """See the module. `attempt` counts connections, so that a timer knows which one it was set for."""

    name: str
    password: str
    stands: bool = False
    pause: float = FIRST_PAUSE_S
    attempt: int = 0
    descriptor: int = -1
    """-1: not open."""
    answered: bool = True
    """Whether the broker answered the last ping."""
    _socket: socket.socket | None = None
    _shaken: bool = False
    _awaited: int = 0
    """Subscriptions not granted yet."""
    _out: bytes = b""
    _reader: codec.Reader = field(default_factory=codec.Reader)

    @property
    def reached(self) -> bool:
        """Whether the TCP connection stands."""
        return isinstance(self._socket, ssl.SSLSocket)

    @property
    def wants(self) -> int:
        """What epoll is to wait for."""
        return select.EPOLLIN | (0 if self.reached and not self._out else select.EPOLLOUT)

    def open(self, source: str, port: int) -> None:
        """Begin to connect. Raises Ended."""
        self.attempt += 1
        self.stands, self.answered, self._shaken = False, True, False
        self._out, self._reader = b"", codec.Reader()
        self._socket = socket.socket()
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._socket.bind((source, 0))
            self._socket.connect_ex(("127.0.0.1", port))
        except OSError as error:
            raise Ended(f"no port: {error}") from error
        self.descriptor = self._socket.fileno()

    def close(self) -> None:
        """Whatever became of it."""
        if self._socket is not None:
            self._socket.close()
        self._socket, self.stands, self.descriptor = None, False, -1

    def ping(self) -> None:
        """Ask whether the broker is there. Raises Ended."""
        self.answered = False
        self._out += PINGREQ
        self._flush()

    def go_on(self, tls: ssl.SSLContext) -> None:
        """What can be done now. Raises Ended."""
        try:
            self._come_in(tls)
            if self._shaken:
                self._flush()
                self._hear()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return
        except (OSError, codec.BadPacket) as error:
            raise Ended(str(error)) from error

    def _come_in(self, tls: ssl.SSLContext) -> None:
        if self._socket is None:
            raise Ended("not open")
        if not isinstance(self._socket, ssl.SSLSocket):
            if error := self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                raise Ended(f"not reached: {error}")
            self._socket = tls.wrap_socket(self._socket, server_hostname="127.0.0.1", do_handshake_on_connect=False)
        if not self._shaken:
            self._socket.do_handshake()
            self._shaken = True
            self._out = codec.connect(self.name, self.name, self.password, KEEPALIVE_S)

    def _hear(self) -> None:
        while self._socket is not None:
            data = self._socket.recv(READ)
            if not data:
                raise Ended("closed by the broker")
            for packet in self._reader.feed(data):
                self._heard(packet)

    def _heard(self, packet: codec.Packet) -> None:
        if packet.type in (codec.CONNACK, codec.SUBACK) and not packet.accepted:
            raise Ended("refused")
        if packet.type == codec.CONNACK:
            self._out += b"".join(self._first_words())
            self._flush()
        elif packet.type == codec.SUBACK:
            self._awaited -= 1
            self.stands = self._awaited == 0
        elif packet.type == codec.PINGRESP:
            self.answered = True

    def _first_words(self) -> Iterator[bytes]:
        """As the agent's: what it listens to (here at QoS 0), and its birth, retained."""
        wanted = (topics.ack(self.name), topics.settings(self.name), topics.state(self.name), topics.HUB_STATE)
        self._awaited = len(wanted)
        for number, topic in enumerate(wanted, start=1):
            yield codec.subscribe(number, topic, 0)
        birth = StationState(online=True, boot="bench", connection=self.attempt, at=datetime.now(UTC))
        packet = codec.publish(codec.spelled(topics.state(self.name)), 9, birth.model_dump_json().encode())
        yield bytes([packet[0] | RETAINED]) + packet[1:]

    def _flush(self) -> None:
        while self._out and self._socket is not None:
            try:
                self._out = self._out[self._socket.send(self._out) :]
            except ssl.SSLWantWriteError:
                return
            except OSError as error:
                raise Ended(str(error)) from error
