"""What keeps accidents off the glass: ghost taps, scanners, held keys, invalid bytes. Pure, but for one repair.

Times are seconds of one monotonic clock: those Textual stamps on its events.
"""

import codecs
import functools
from codecs import IncrementalDecoder

from textual.drivers import linux_driver, web_driver

SETTLE_S = 0.45
"""How long the glass is deaf after it changed: a double tap must not reach the screen that came up under the finger."""
ALONE_S = 0.12
"""A key a person pressed has this much silence on both sides; a scanner's keys and a held one do not."""
LEFT = 1
PAD = {**{digit: digit for digit in "0123456789"}, "plus": "+", "minus": "-", "asterisk": "*", "slash": "/"}
"""What the keys of a number pad that press tiles are called, and what stands on them."""


class TouchGuard:
    """Decides which presses count. A release counts only if its own press did, on the same screen."""

    def __init__(self) -> None:
        self._deaf_until: float | None = None
        """None: nothing is on the glass yet."""
        self._pressed = False

    @property
    def pressed(self) -> bool:
        """Whether a finger that counts is on the glass."""
        return self._pressed

    def changed(self, at: float) -> None:
        """Another screen is on the glass since `at`."""
        self._deaf_until = max(self._deaf_until or 0.0, at + SETTLE_S)
        self._pressed = False

    def deaf(self, at: float) -> bool:
        """Whether the glass changed too short a time before `at`, or shows nothing yet."""
        return self._deaf_until is None or at < self._deaf_until

    def down(self, button: int, at: float) -> bool:
        """Whether a press counts: the left button only (any button presses a tile otherwise), and not while deaf."""
        self._pressed = button == LEFT and not self.deaf(at)
        return self._pressed

    def up(self) -> bool:
        """Whether a release counts."""
        counts, self._pressed = self._pressed, False
        return counts


class LoneKey:
    """Tells a number pad from a keyboard-wedge scanner: only a key with silence around it is a person's."""

    def __init__(self) -> None:
        self._last = float("-inf")
        self._waiting: str | None = None

    def hear(self, key: str, at: float) -> bool:
        """Take a key by its name. True: a person may have pressed it on a pad, ask `due` after ALONE_S."""
        alone = at - self._last >= ALONE_S
        self._last = at
        self._waiting = PAD.get(key) if alone else None
        return self._waiting is not None

    def due(self) -> str | None:
        """The key nothing followed, once, by what stands on it; None if it was not alone."""
        waiting, self._waiting = self._waiting, None
        return waiting


def survive_invalid_bytes() -> None:
    """Make Textual's drivers replace bytes that are not UTF-8 instead of dying of the first one (Textual #6456).

    They look the decoder up in their own module each time they start, so that is where it is exchanged.
    """
    for driver in (linux_driver, web_driver):
        vars(driver)["getincrementaldecoder"] = _replacing_decoder


def _replacing_decoder(encoding: str) -> "functools.partial[IncrementalDecoder]":
    return functools.partial(codecs.getincrementaldecoder(encoding), errors="replace")
