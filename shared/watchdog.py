"""Tells systemd how a program fares: that it is ready, alive, stopping (sd_notify(3)). Elsewhere it says nothing.

The word goes out of the main loop itself: a program that hangs falls silent, and systemd starts it again.
"""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field

ADDRESS, PATIENCE, MEANT = "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"


@dataclass(slots=True)
class Watchdog:
    """`address` is a unix datagram socket; empty where nobody listens."""

    address: str = ""
    every_s: float | None = None
    """How often it wants to hear. None: it only wants to know the start and the end."""
    _ready: bool = field(default=False, init=False)
    _next: float = field(default=0.0, init=False)

    @classmethod
    def of(cls, environment: Mapping[str, str], pid: int) -> "Watchdog":
        """As systemd set it; what cannot be read is as if it were not set."""
        patience = environment.get(PATIENCE, "")
        meant = environment.get(MEANT, str(pid)) == str(pid)
        every_s = int(patience) / 2e6 if patience.isascii() and patience.isdigit() and meant else None
        return cls(environment.get(ADDRESS, ""), every_s or None)

    def alive(self, now: float) -> None:
        """Call often from the main loop, with a monotonic time: the first call says that the program is ready."""
        if not self._ready:
            self._ready = True
            self._say("READY=1")
        if self.every_s is not None and now >= self._next:
            self._next = now + self.every_s
            self._say("WATCHDOG=1")

    def stopping(self) -> None:
        """The end has begun; it may take as long as the unit allows."""
        self._say("STOPPING=1")

    def _say(self, word: str) -> None:
        if not self.address:
            return
        # An abstract address is written with @ and begins with a zero byte.
        address = "\0" + self.address[1:] if self.address.startswith("@") else self.address
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as said:
            said.setblocking(False)
            try:
                said.sendto(word.encode(), address)
            except OSError:
                return  # a service manager that does not read must not stop a program that works


def here(pid: int) -> Watchdog:
    """That of this process, taken from the environment so that its children do not speak for it."""
    found = Watchdog.of(os.environ, pid)
    for name in (ADDRESS, PATIENCE, MEANT):
        os.environ.pop(name, None)
    return found
