"""Scanners that pretend to be keyboards: their codes told from keys that people press. Pure.

Such a scanner types a code faster than a hand and ends it with Enter. A held key is as fast, and says one letter only.
Times are seconds of one monotonic clock: those Textual stamps on its events.
"""

from kiosk.cards import LONGEST, SHORTEST

KEY_S = 0.05
"""At most this long between two keys of a scanner."""
ENDS = frozenset({"enter", "ctrl+j"})


class Wedge:
    """Keeps at most one code, and only while it is being typed."""

    def __init__(self) -> None:
        self._typed = ""
        self._last = float("-inf")
        self._too_long = False

    def hear(self, key: str, character: str | None, at: float) -> str | None:
        """Take a key; the code it ends, or None."""
        if at - self._last >= KEY_S:
            self._forget()
        self._last = at
        if key in ENDS:
            code, whole = self._typed, not self._too_long
            self._forget()
            return code if whole and len(code) >= SHORTEST and len(set(code)) > 1 else None
        if character is None or not character.isprintable():
            self._forget()
        elif len(self._typed) >= LONGEST:
            self._typed, self._too_long = "", True
        elif not self._too_long:
            self._typed += character
        return None

    def _forget(self) -> None:
        self._typed, self._too_long = "", False
