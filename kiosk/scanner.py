"""A serial code scanner (GM65 family) on a port that may come and go. Only this module of the kiosk knows pyserial.

It listens in a thread of its own and hands over codes; what they are, others decide. No code is logged or kept.
"""

import termios
from collections.abc import Callable, Iterable
from glob import glob
from threading import Event, Thread
from time import monotonic

from serial import Serial

from kiosk.crash import LOGGER
from shared.scanner_frames import Scans

READ_S = 0.1
CHUNK = 4096
REOPEN_S = (1.0, 2.0, 5.0, 10.0)
"""Waits between attempts; the last one for ever."""
TROUBLES = (OSError, termios.error, ValueError, TypeError)
"""What pyserial raises when a port is not there, is held by another, or is pulled out while it is read."""


class SerialScanner:
    """One scanner. `port` may be a pattern: an adapter that is plugged in again often has another number."""

    def __init__(self, port: str, baud: int, reopen_s: Iterable[float] = REOPEN_S) -> None:
        self._port, self._baud = port, baud
        self._waits = tuple(reopen_s)
        self._over = Event()
        self._thread: Thread | None = None
        self.connected: bool | None = None
        """Whether the port is open; None before the first attempt."""

    def start(self, hear: Callable[[str], object]) -> None:
        """Begin to listen. `hear` is called in the scanner's own thread, once a code."""
        self._thread = Thread(target=self._run, args=(hear,), name="scanner", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Cease to listen; the port is free when this returns, or soon after."""
        self._over.set()
        if self._thread is not None:
            self._thread.join(2 * READ_S)

    def _run(self, hear: Callable[[str], object]) -> None:
        attempts = 0
        while not self._over.is_set():
            try:
                with Serial(self._found(attempts), self._baud, timeout=READ_S, exclusive=True) as serial:
                    self._note(connected=True)
                    self._listen(serial, hear)
            except TROUBLES as trouble:
                attempts = 0 if self.connected else attempts
                self._note(connected=False, why=type(trouble).__name__)
                self._over.wait(self._waits[min(attempts, len(self._waits) - 1)])
                attempts += 1

    def _found(self, attempts: int) -> str:
        """The port; of a pattern one after the other, for the first may be something else."""
        found = sorted(glob(self._port)) or [self._port]  # noqa: PTH207 — the pattern is a whole path
        return found[attempts % len(found)]

    def _listen(self, serial: Serial, hear: Callable[[str], object]) -> None:
        """Until it is over. Raises what pyserial raises."""
        scans, looked = Scans(), monotonic()
        while not self._over.is_set():
            # The clock is read before and after: whatever stands still between the two is no silence of the scanner.
            since, looked = looked, monotonic()
            data = serial.read(min(serial.in_waiting or 1, CHUNK))
            for code in scans.hear(data, monotonic() if data else looked, since):
                hear(code.decode("ascii"))

    def _note(self, connected: bool, why: str = "") -> None:
        """A change is said once, with the kind of trouble alone."""
        if connected != self.connected:
            LOGGER.warning("the scanner is %s%s", "there" if connected else "not there: ", why)
        self.connected = connected
