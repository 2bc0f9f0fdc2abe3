"""MQTT 3.1.1 as far as a station speaks it: connect, subscribe, publish at QoS 1, and what comes back.

Written from the OASIS standard (sections 2 and 3) and not from a library: what the hub and its brokers are measured
with shares no code with them, and costs a few microseconds a packet.
"""

from dataclasses import dataclass

CONNECT, CONNACK, PUBLISH, PUBACK, SUBSCRIBE, SUBACK, PINGRESP = 1, 2, 3, 4, 8, 9, 13
PASSWORD_CLEAN_SESSION = 0xC2
"""Connect flags: a user name, a password, a clean session."""
REFUSED = 0x80
PUBLISH_QOS1 = 0x32
SUBSCRIBE_HEAD = 0x82


class BadPacket(ValueError):
    """Bytes that are no packet of MQTT 3.1.1."""


def _length(number: int) -> bytes:
    """Remaining length: seven bits a byte, the lowest first."""
    spelled = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        spelled.append(low | (0x80 if number else 0))
        if not number:
            return bytes(spelled)


def _text(text: str) -> bytes:
    spelled = text.encode()
    return len(spelled).to_bytes(2, "big") + spelled


def connect(client: str, user: str, password: str, keepalive_s: int) -> bytes:
    """The first packet of a connection, with a clean session."""
    body = _text("MQTT") + bytes([4, PASSWORD_CLEAN_SESSION]) + keepalive_s.to_bytes(2, "big")
    body += _text(client) + _text(user) + _text(password)
    return bytes([CONNECT << 4]) + _length(len(body)) + body


def subscribe(number: int, topic: str, qos: int) -> bytes:
    """One topic."""
    body = number.to_bytes(2, "big") + _text(topic) + bytes([qos])
    return bytes([SUBSCRIBE_HEAD]) + _length(len(body)) + body


def publish(topic: bytes, number: int, payload: bytes) -> bytes:
    """At QoS 1. `topic` is spelled already: see `spelled`."""
    return b"%c%b%b%b%b" % (
        PUBLISH_QOS1,
        _length(len(topic) + 2 + len(payload)),
        topic,
        number.to_bytes(2, "big"),
        payload,
    )


def spelled(topic: str) -> bytes:
    """A topic as `publish` takes it, made once."""
    return _text(topic)


@dataclass(frozen=True, slots=True)
class Packet:
    """What the broker sent."""

    type: int
    flags: int
    body: bytes

    def message(self) -> tuple[bytes, bytes]:
        """Topic and payload of a PUBLISH."""
        end = 2 + int.from_bytes(self.body[:2], "big")
        numbered = self.flags & 0x06
        return self.body[2:end], self.body[end + (2 if numbered else 0) :]

    @property
    def accepted(self) -> bool:
        """Whether a CONNACK or SUBACK says yes."""
        return len(self.body) > 0 and self.body[-1] < REFUSED and (self.type != CONNACK or self.body[1] == 0)


@dataclass(slots=True)
class Reader:
    """Bytes as they come into whole packets."""

    _rest: bytes = b""

    def feed(self, data: bytes) -> list[Packet]:
        """The packets that are whole now. Raises BadPacket."""
        data = self._rest + data if self._rest else data
        packets: list[Packet] = []
        at, size = 0, len(data)
        while size - at >= 2:
            length, shift, head = 0, 0, at + 1
            while head < size:
                byte = data[head]
                head += 1
                length |= (byte & 0x7F) << shift
                shift += 7
                if byte < 0x80:
                    break
                if shift > 21:
                    raise BadPacket("a length of more than four bytes")
            else:
                break
            if size - head < length:
                break
            packets.append(Packet(data[at] >> 4, data[at] & 0x0F, data[head : head + length]))
            at = head + length
        self._rest = data[at:]
        return packets
