"""Scanners that pretend to be keyboards: their codes told from keys that people press. Pure.

Such a scanner types a code faster than a hand and ends it with Enter. A held key is as fast, and says one letter only.
Times are seconds of one monotonic clock: those Textual stamps on its events.
"""

from kiosk.cards import LONGEST, SHORTEST

KEY_S = 0.05
"""At most this long between two keys of a scanner."""
STALLS_S = 1.0
"""A code that breaks off goes on within this time, if it is one: its rest is no code of its own."""
ENDS = frozenset({"enter", "ctrl+j"})


class Wedge:
    """Keeps at most one code, and only while it is being typed."""

    def __init__(self) -> None:
        self._typed = ""
        self._last = float("-inf")
        self._spoilt = False
        """What is typed is no code, or not a whole one: it is passed over to its end."""

    def hear(self, key: str, character: str | None, at: float) -> str | None:
        """Take a key; the code it ends, or None."""
        gap, self._last = at - self._last, at
        if gap >= STALLS_S:
            self._forget()
        elif gap >= KEY_S and not self._spoilt:
            self._typed, self._spoilt = "", len(set(self._typed)) > 1
        if key in ENDS:
            code, whole = self._typed, not self._spoilt
            self._forget()
            return code if whole and len(code) >= SHORTEST and len(set(code)) > 1 else None
        if character is None or not character.isprintable():
            self._forget()
        elif len(self._typed) >= LONGEST:
            self._typed, self._spoilt = "", True
        elif not self._spoilt:
            self._typed += character
        return None

    def _forget(self) -> None:
        self._typed, self._spoilt = "", False
