"""Short codes that show somebody is at the station: the one in the kiosk's QR, and the attendant's. Pure.

Both are HMAC-SHA256 over the station and a step of time, by the station's QR key (`shared/keys.py`). Whoever holds the
key can check one without asking anybody: the hub a phone's, the kiosk an attendant's. A photograph of one is worthless
after minutes; a live picture sent on is not, so nothing of value may hang on it (kiosk.md §8).
"""

import hashlib
import hmac
from datetime import datetime

CODE_STEP_S = 30
"""A kiosk shows another code this often."""
AGED_STEPS, AHEAD_STEPS = 4, 1
"""How many steps old a code may be (somebody scans, and the page loads on a slow network), and how far ahead."""
LENIENT_STEPS = 20
"""Either way, where the kiosk's clock is known to be off, or the kiosk is offline and nobody knows."""
ATTENDANT_STEP_S = 600
ATTENDANT_DIGITS = 4
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: what may be misread (I, L, O, U) is left out; a QR code holds it in its alphanumeric mode."""
CODE_LENGTH = 12
_COUNTER_LENGTH, _MAC_BITS = 4, 40
_COUNTER_STEPS = 32**_COUNTER_LENGTH
"""Steps until the counter is back where it was: 364 days."""


def door_code(key: bytes, station: str, at: datetime) -> str:
    """The code a kiosk shows at this time: a counter of four letters and a MAC of eight."""
    return _spelled(key, station, _step(at, CODE_STEP_S))


def door_code_steps(key: bytes, station: str, code: str, now: datetime, lenient: bool = False) -> int | None:
    """How many steps old a station's code is (below 0: ahead). None: not this station's, or too old or too new.

    Letters may be of either case. `lenient`: see LENIENT_STEPS.
    """
    asked, here = code.upper(), _step(now, CODE_STEP_S)
    aged, ahead = (LENIENT_STEPS, LENIENT_STEPS) if lenient else (AGED_STEPS, AHEAD_STEPS)
    if len(asked) != CODE_LENGTH or not asked.isascii():
        return None
    for steps in range(-ahead, aged + 1):
        if hmac.compare_digest(_spelled(key, station, here - steps), asked):
            return steps
    return None


def door_code_shown_at(key: bytes, station: str, code: str, near: datetime) -> datetime | None:
    """When the kiosk began to show this code, by its own clock: the counter in it says so, of some years the nearest to
    `near`. None: it is not this station's.
    """
    asked = code.upper()
    if len(asked) != CODE_LENGTH or not set(asked) <= set(ALPHABET):
        return None
    counter = 0
    for letter in asked[:_COUNTER_LENGTH]:
        counter = counter * len(ALPHABET) + ALPHABET.index(letter)
    here = _step(near, CODE_STEP_S)
    step = here + (counter - here + _COUNTER_STEPS // 2) % _COUNTER_STEPS - _COUNTER_STEPS // 2
    if step < 0 or not hmac.compare_digest(_spelled(key, station, step), asked):
        return None
    return datetime.fromtimestamp(step * CODE_STEP_S, near.tzinfo)


def attendant_code(key: bytes, station: str, at: datetime) -> str:
    """The four digits that open the attendant's menu for some ten minutes; the hub shows them to whom it may."""
    mac = _mac(key, f"attendant|{station}|{_step(at, ATTENDANT_STEP_S)}")
    return f"{int.from_bytes(mac[:8], 'big') % 10**ATTENDANT_DIGITS:0{ATTENDANT_DIGITS}d}"


def attendant_code_until(at: datetime) -> datetime:
    """When the attendant's code of this time gives way to another; it opens the menu for ten minutes more."""
    return datetime.fromtimestamp((_step(at, ATTENDANT_STEP_S) + 1) * ATTENDANT_STEP_S, at.tzinfo)


def is_attendant_code(key: bytes, station: str, code: str, now: datetime) -> bool:
    """Whether it is the code of this step of time or a neighbouring one: two clocks never agree."""
    return any(
        hmac.compare_digest(attendant_code(key, station, _shifted(now, steps)).encode(), code.encode())
        for steps in (0, -1, 1)
    )


def _spelled(key: bytes, station: str, step: int) -> str:
    counter = step % _COUNTER_STEPS
    mac = int.from_bytes(_mac(key, f"{station}|{step}")[: _MAC_BITS // 8], "big")
    return _base32(counter, _COUNTER_LENGTH) + _base32(mac, _MAC_BITS // 5)


def _mac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _base32(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def _step(at: datetime, seconds: int) -> int:
    return int(at.timestamp() // seconds)


def _shifted(at: datetime, steps: int) -> datetime:
    return datetime.fromtimestamp(at.timestamp() + steps * ATTENDANT_STEP_S, at.tzinfo)
