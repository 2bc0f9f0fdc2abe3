"""An honest fake of devices on a line, on a real pseudo-terminal: it reads requests by length and CRC, and answers.

It has its own CRC and knows nothing of the agent. How it misbehaves is `misbehave`: an answer to what is sent instead,
each piece with its delay.
"""

import contextlib
import os
import select
import threading
import time
import tty
from collections.abc import Callable, Iterable
from pathlib import Path

Pieces = Iterable[tuple[float, bytes]]


def with_crc(body: bytes) -> bytes:
    """A frame with its CRC-16, bit by bit as the standard's appendix has it."""
    value = 0xFFFF
    for byte in body:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ 0xA001 if value & 1 else value >> 1
    return body + bytes((value & 0xFF, value >> 8))


def registers(address: int, function: int, words: Iterable[int]) -> bytes:
    """An answer to function 03 or 04."""
    data = b"".join(word.to_bytes(2, "big") for word in words)
    return with_crc(bytes((address, function, len(data))) + data)


def contacts(address: int, bits: int) -> bytes:
    """An answer to function 02 of eight inputs."""
    return with_crc(bytes((address, 2, 1, bits)))


def well_behaved(request: bytes, answer: bytes) -> Pieces:
    """Answers at once."""
    return [(0.0, answer)]


class Slave:
    """Everything on one line, behind a link that stands for /dev/serial/by-path."""

    def __init__(self, link: Path, answers: dict[int, bytes]) -> None:
        self.link, self.answers = link, answers
        self.misbehave: Callable[[bytes, bytes], Pieces] = well_behaved
        self.asked: list[tuple[float, bytes]] = []
        self._pending: list[tuple[float, bytes]] = []
        self.plugged_in = False
        self.plug_in()

    def plug_in(self) -> None:
        """A pseudo-terminal, perhaps of another number, under the same link."""
        self._master, terminal = os.openpty()
        tty.setraw(self._master)
        tty.setraw(terminal)
        self.link.unlink(missing_ok=True)
        self.link.symlink_to(os.ttyname(terminal))
        self._terminal, self._stop = terminal, threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        self.plugged_in = True

    def unplug(self) -> None:
        """The adapter is pulled out."""
        self.plugged_in = False
        self._stop.set()
        self._thread.join()
        self.link.unlink(missing_ok=True)
        os.close(self._terminal)
        os.close(self._master)

    def say(self, data: bytes) -> None:
        """Bytes nobody asked for."""
        os.write(self._master, data)

    def asked_of(self, address: int) -> list[float]:
        """When this device was asked."""
        return [at for at, request in self.asked if request[0] == address]

    def _serve(self) -> None:
        heard = b""
        while not self._stop.is_set():
            ready, _, _ = select.select([self._master], [], [], 0.005)
            if ready:
                with contextlib.suppress(OSError):
                    heard += os.read(self._master, 512)
            while len(heard) >= 8:
                request, heard = heard[:8], heard[8:]
                self._answer(request)
            now = time.monotonic()
            for piece in [piece for piece in self._pending if piece[0] <= now]:
                self._pending.remove(piece)
                os.write(self._master, piece[1])

    def _answer(self, request: bytes) -> None:
        now = time.monotonic()
        assert with_crc(request[:-2]) == request, f"the agent sent {request.hex()}"
        self.asked.append((now, request))
        if request[0] in self.answers:
            answer = self.answers[request[0]]
            self._pending += [(now + delay, data) for delay, data in self.misbehave(request, answer)]
