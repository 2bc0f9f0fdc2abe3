"""Codes in the bytes of a serial code scanner (GM65 family), whatever comes between them. Pure; time is an argument.

A code is printable ASCII and ends at CR or LF, or where the scanner was silent for a moment: the tail is a setting that
somebody may have changed. Answers to commands come in the same stream: they are recognised by their form and check
bytes and passed over, for their last two may read as text (33 31 is "31"). A line with any other byte in it, too short,
or too long, is not a code and is dropped whole. So is one without a tail that may be two: who reads the port stood
still, and nobody knows what silence was meanwhile. Codes are somebody's: they are returned and nothing is kept of them.
Source: GM65 manual; GM812 serial protocol V1.2.1.
"""

ENDS = b"\r\n"
PRINTABLE = range(0x20, 0x7F)
SHORTEST, LONGEST = 3, 128
"""A card or a code on a phone has more than two characters; what is longer than a web address is not for us."""
SILENCE_S = 0.15
"""The end of a code whose scanner sends no tail; the maker says 0.05, but who reads the port may dawdle."""
APART_S = 0.5
"""Nobody holds two codes before a scanner in less time; it has said all of one in a fraction of it."""
ANSWERS = (0x02, 0x03)
ANSWER_HEAD, ANSWER_ENDS = 4, 2
LONGEST_ANSWER = 24
"""What the few commands sent to it are answered with; noise must not promise more and hold codes back."""


def check(body: bytes) -> bytes:
    """CRC-16/XMODEM (0x1021 from 0), high byte first."""
    value = 0
    for byte in body:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1 ^ (0x1021 if value & 0x8000 else 0)) & 0xFFFF
    return value.to_bytes(2, "big")


def answer_size(buffer: bytes) -> int | None:
    """How long the answer at the start of these bytes is, 0 if there is none; None while more bytes must tell."""
    if not buffer or buffer[0] not in ANSWERS:
        return 0
    head = buffer[1:ANSWER_HEAD]
    if any(head[:2]):
        return 0
    if len(buffer) < ANSWER_HEAD:
        return None
    size = ANSWER_HEAD + buffer[3] + ANSWER_ENDS
    if size > LONGEST_ANSWER:
        return 0
    if len(buffer) < size:
        return None
    return size if check(buffer[1 : size - ANSWER_ENDS]) == buffer[size - ANSWER_ENDS : size] else 0


class Scans:
    """Codes in a stream that may be broken anywhere. Keeps less than one code or answer."""

    def __init__(self) -> None:
        self._kept = b""
        """Bytes that may be the beginning of an answer."""
        self._line = bytearray()
        self._spoilt = False
        """This line has a byte that no code has, or is too long: it is dropped at its end."""
        self._since = 0.0
        """This line's first byte came no earlier."""
        self._heard_at: float | None = None

    def hear(self, data: bytes, at: float, since: float | None = None) -> list[bytes]:
        """The codes these bytes complete, oldest first. Raises nothing, whatever the bytes are.

        Times are monotonic. `at` is a moment after these bytes were read, `since` one before the port was last found
        to have no more than was taken (None: they came as they were read). Call it with nothing now and again, and `at`
        a moment before nothing was found: silence is heard, not reckoned.
        """
        found = [] if data else self._after_silence(at)
        since = at if since is None else since
        if data:
            self._heard_at = at
        buffer, place = self._kept + data, 0
        while place < len(buffer):
            size = answer_size(buffer[place : place + LONGEST_ANSWER])
            if size is None:
                break
            if size:
                place += size
                continue
            if not self._line:
                self._since = since
            found += self._take(buffer[place])
            place += 1
        self._kept = buffer[place:]
        return found

    def _after_silence(self, at: float) -> list[bytes]:
        """What ended without a tail."""
        if self._heard_at is None or at - self._heard_at < SILENCE_S:
            return []
        if self._kept or self._heard_at - self._since >= APART_S:
            self._kept, self._spoilt = b"", True
        self._heard_at = None
        return self._end()

    def _take(self, byte: int) -> list[bytes]:
        if byte in ENDS:
            return self._end()
        if byte not in PRINTABLE or len(self._line) >= LONGEST:
            self._spoilt = True
        if self._spoilt:
            self._line.clear()
        else:
            self._line.append(byte)
        return []

    def _end(self) -> list[bytes]:
        line, spoilt = bytes(self._line), self._spoilt
        self._line.clear()
        self._spoilt = False
        return [] if spoilt or len(line) < SHORTEST else [line]
