"""Scanners that pretend to be keyboards: their codes told from keys that people press. Pure.

Such a scanner types a code faster than a hand and ends it with Enter. A held key is as fast, and says one letter only.
Times are seconds of one monotonic clock: those Textual stamps on its events, when it reads a key and not when the
scanner sent it. So a pause in the middle of a code may be the kiosk's own, and what follows it is dropped up to its
Enter: the rest of a card's code would be another card.
"""

from kiosk.cards import LONGEST, SHORTEST

KEY_S = 0.05
"""At most this long between two keys of a scanner."""
ONE_KEY_S = 1.0
"""One letter may be a person's, or a code's first: what comes so long after it is not its rest."""
STALLS_S = 60.0
"""Two letters without a pause are no person's: the rest of what they began comes within this time, if ever."""
ENDS = frozenset({"enter", "ctrl+j"})


class Wedge:
    """Keeps at most one code, and only while it is being typed."""

    def __init__(self) -> None:
        self._typed = ""
        """What came without a pause."""
        self._last = float("-inf")
        self._after_one = False
        """One letter came a moment before what is being typed."""
        self._doubtful = False
        """What is being typed may be the rest of that letter's code."""
        self._spoilt = False
        """What is typed is no code, or not a whole one: it is passed over to its end."""

    def hear(self, key: str, character: str | None, at: float) -> str | None:
        """Take a key; the code it ends, or None."""
        pause, self._last = at - self._last, at
        if key in ENDS:
            code, whole = self._typed, pause < KEY_S and not (self._spoilt or self._doubtful)
            self._forget()
            return code if whole and len(code) >= SHORTEST and len(set(code)) > 1 else None
        if pause >= STALLS_S:
            self._forget()
        elif pause >= KEY_S:
            self._break_off(pause)
        if character is None or not character.isprintable():
            self._typed, self._spoilt = "", self._spoilt or self._typed != ""
        elif not self._spoilt and len(self._typed) < LONGEST:
            self._typed += character
        elif len(set(self._typed + character)) > 1:
            self._typed, self._spoilt = "", True
        return None

    def _break_off(self, pause: float) -> None:
        """A pause without Enter: the next key goes on with a code that stalled, or is a hand's."""
        begun = self._typed
        self._typed, self._spoilt = "", self._spoilt or len(set(begun)) > 1
        soon = begun != "" and pause < ONE_KEY_S
        # One letter after another, each with silence around it: that is a hand, and no code that stalls at every key.
        self._doubtful, self._after_one = soon and not self._after_one, soon

    def _forget(self) -> None:
        self._typed, self._after_one, self._doubtful, self._spoilt = "", False, False, False
