"""The terminal while no kiosk is on it: given back from whatever a killed one left, and silent for what is typed.

A kiosk that is killed leaves another screen, a mouse that reports, and a line discipline without echo; one that was
never started leaves a shell's, which would echo a scanned card on the glass.
"""

import os
import termios
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from kiosk import restarting

RESET = (
    "\x1b[?2026l"  # an update that was never finished
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # the mouse
    "\x1b[?2004l\x1b[?1004l\x1b[?2048l\x1b[<u"  # paste, focus, sizes and keys told apart
    "\x1b[?1049l\x1b[?7h\x1b[0m"  # the other screen, lines that wrap, colours
)
"""Everything Textual's driver turns on, off."""
DARK = "\x1b[48;2;10;22;40m\x1b[38;2;244;248;255m"
CLEAR, SHOW_CURSOR, HIDE_CURSOR = "\x1b[2J\x1b[3J\x1b[H", "\x1b[?25h", "\x1b[?25l"
DEFAULT_SIZE = (80, 24)
_INPUT, _LOCAL, _CONTROL = 0, 3, 6


class GlassGone(Exception):
    """The terminal is no longer there."""


class Teletype:
    """The terminal behind a file descriptor; one that is none is left alone."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal
        self._found = self._attributes()

    def quiet(self) -> None:
        """Nothing typed or scanned is echoed, kept for the next kiosk, or a signal."""
        attributes = self._attributes()
        if attributes is None:
            return
        attributes[_LOCAL] &= ~(termios.ECHO | termios.ECHONL | termios.ICANON | termios.ISIG | termios.IEXTEN)
        attributes[_INPUT] &= ~(termios.IXON | termios.IXOFF)
        attributes[_CONTROL][termios.VMIN], attributes[_CONTROL][termios.VTIME] = 1, 0
        self._set(attributes)
        self.forget()

    def forget(self) -> None:
        """What was typed or scanned meanwhile is dropped."""
        with suppress(termios.error):
            termios.tcflush(self._terminal, termios.TCIFLUSH)

    def say_starting(self) -> None:
        """That a kiosk comes: its first frame takes longer than a glass should be dark. Raises GlassGone."""
        self._say(restarting.STARTING)

    def say_restarting(self) -> None:
        """S13 on the glass. Raises GlassGone."""
        self._say(restarting.RESTARTING)

    def _say(self, lines: Sequence[str]) -> None:
        self.quiet()
        page = restarting.page(*self._size(), lines).replace("\n", "\r\n")
        self._write(RESET + DARK + CLEAR + HIDE_CURSOR + page)

    def give_back(self) -> None:
        """As it was found, for whoever comes next."""
        with suppress(GlassGone):
            self._write(RESET + CLEAR + SHOW_CURSOR)
        self.forget()
        if self._found is not None:
            # A kiosk killed together with its keeper left it deaf: a shell's own way is the better guess.
            self._found[_LOCAL] |= termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN
            self._found[_INPUT] |= termios.ICRNL
            self._set(self._found)

    def _attributes(self) -> list[Any] | None:
        try:
            return termios.tcgetattr(self._terminal)
        except termios.error:
            return None

    def _set(self, attributes: list[Any]) -> None:
        with suppress(termios.error):
            termios.tcsetattr(self._terminal, termios.TCSANOW, attributes)

    def _size(self) -> tuple[int, int]:
        try:
            size = os.get_terminal_size(self._terminal)
        except OSError:
            return DEFAULT_SIZE
        return (size.columns, size.lines) if size.columns and size.lines else DEFAULT_SIZE

    def _write(self, text: str) -> None:
        try:
            os.write(self._terminal, text.encode())
        except OSError as error:
            raise GlassGone from error
