"""A serial port that is a pseudo-terminal, published under a stable name as `/dev/serial/by-path` would be."""

import asyncio
import errno
import fcntl
import os
import struct
import termios
import tty
from collections.abc import Callable
from pathlib import Path

STALE_BYTES = 512
"""What nobody has read by then is lost, as it is on a wire without a listener."""
BITS_PER_BYTE = 10
READ_BYTES = 4096


class Port:
    """One port; bytes the agent writes go to `heard`. Opened and closed on the running loop."""

    def __init__(self, link: Path, baudrate: int, heard: Callable[[bytes], None]) -> None:
        self.link = link
        self.byte_s = BITS_PER_BYTE / baudrate
        self._heard = heard
        self._fds: tuple[int, int] | None = None
        self._last_name = ""

    @property
    def plugged(self) -> bool:
        """Whether the port is there."""
        return self._fds is not None

    def plug(self) -> None:
        """Appear, under a number that nobody had a moment ago; does nothing when plugged."""
        if self._fds is not None:
            return
        controller, terminal = os.openpty()
        if os.ttyname(terminal) == self._last_name:
            held = (controller, terminal)
            controller, terminal = os.openpty()
            _close(held)
        tty.setraw(controller)
        tty.setraw(terminal)
        os.set_blocking(controller, False)
        self._fds = (controller, terminal)
        asyncio.get_running_loop().add_reader(controller, self._read, controller)
        self._last_name = os.ttyname(terminal)
        self.link.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.link.with_name(f".{self.link.name}.fresh")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(self._last_name)
        fresh.replace(self.link)

    def unplug(self) -> None:
        """Vanish: the name goes, and whoever has the port open gets errors; does nothing when not plugged."""
        if self._fds is None:
            return
        asyncio.get_running_loop().remove_reader(self._fds[0])
        self.link.unlink(missing_ok=True)
        _close(self._fds)
        self._fds = None

    def write(self, data: bytes) -> None:
        """Put bytes on the wire at once; they are lost when the port is gone or nobody reads."""
        if self._fds is None:
            return
        controller, terminal = self._fds
        if _waiting(terminal) > STALE_BYTES:
            termios.tcflush(terminal, termios.TCIFLUSH)
        try:
            os.write(controller, data)
        except OSError as problem:
            if problem.errno not in (errno.EAGAIN, errno.EIO):
                raise

    async def send(self, data: bytes) -> None:
        """Put bytes on the wire one by one, as fast as the baud rate lets them pass."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        sent = 0
        while sent < len(data):
            await asyncio.sleep(max(0.0, start + (sent + 1) * self.byte_s - loop.time()))
            due = min(len(data), max(sent + 1, int((loop.time() - start) / self.byte_s)))
            self.write(data[sent:due])
            sent = due

    def _read(self, controller: int) -> None:
        try:
            data = os.read(controller, READ_BYTES)
        except (BlockingIOError, InterruptedError):
            return
        if data:
            self._heard(data)


def _close(fds: tuple[int, int]) -> None:
    for fd in fds:
        os.close(fd)


def _waiting(terminal: int) -> int:
    """How many bytes lie unread at the agent's end."""
    return int(struct.unpack("i", fcntl.ioctl(terminal, termios.FIONREAD, b"\0\0\0\0"))[0])
