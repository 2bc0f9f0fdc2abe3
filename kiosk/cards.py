"""What a scanned code is: a worker's card, or something else; and who was here just now. Pure.

A code is somebody's. What is kept, in memory too, is a keyed hash of it; the key never leaves the station, so nobody
who reads the records can tell whose they are, or try numbers until one fits.
"""

import hashlib
import hmac
from dataclasses import dataclass, field

VISITOR_DIGITS = 32
AGAIN_S = 600.0
"""The same card at this kiosk within ten minutes is the same visit."""
STILL_HELD_S = 10.0
"""A scanner reads a card as long as it is held before it."""
SHORTEST, LONGEST = 4, 64
"""What is shorter is a key press or two, what is longer is no card."""


GOODS_DIGITS = frozenset({12, 13})
"""UPC-A and EAN-13: what stands on bottles and packets."""
SMALL_GOODS_DIGITS, CHINA = 8, "69"
"""EAN-8, of packs too small for more. Card numbers of eight digits are common: only those that begin as China's."""


def is_goods(code: str) -> bool:
    """Whether a code is that of something sold: of such a length, and its last digit is GS1's check digit.

    One card in ten with as many digits, and digits only, ends so by chance and is taken for goods. A bottle that counts
    as a worker would count every time.
    """
    code = code.strip()
    if not (code.isascii() and code.isdigit()):
        return False
    if len(code) not in GOODS_DIGITS and not (len(code) == SMALL_GOODS_DIGITS and code.startswith(CHINA)):
        return False
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(code))) % 10 == 0


def is_card(code: str, station: str) -> bool:
    """Whether a code may be a card: printable, of a card's length, and neither an address nor this kiosk's own code."""
    plain = code.upper()
    if not SHORTEST <= len(code) <= LONGEST or not (code.isascii() and code.isprintable()) or code.isspace():
        return False
    return "://" not in plain and not plain.startswith(("TEL:", "WWW.")) and f"/C/{station.upper()}" not in plain


def visitor_of(key: bytes, code: str) -> str:
    """What is kept of a card."""
    return hmac.new(key, code.strip().encode(), hashlib.sha256).hexdigest()[:VISITOR_DIGITS]


@dataclass(slots=True)
class Seen:
    """The cards counted at this kiosk in the last ten minutes. Times are seconds of a monotonic clock."""

    _at: dict[str, tuple[float, str]] = field(default_factory=dict)

    def age(self, visitor: str, now: float) -> float | None:
        """How long ago this card was counted; None: not within AGAIN_S."""
        self._at = {one: kept for one, kept in self._at.items() if now - kept[0] < AGAIN_S}
        return now - self._at[visitor][0] if visitor in self._at else None

    def note(self, visitor: str, record: str, now: float) -> None:
        """This card has been counted, in this record."""
        self._at[visitor] = (now, record)

    def undone(self, record: str) -> None:
        """A record does not count: neither does its card."""
        self._at = {one: kept for one, kept in self._at.items() if kept[1] != record}
