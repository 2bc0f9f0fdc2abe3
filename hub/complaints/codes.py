"""The number everybody may know and the code only the person has. Pure: chance comes in as bytes.

The code is made from what the form was given when it was loaded, so that a form sent twice gets the same receipt
though only the code's digest is kept. 40 bits, behind a number and a limit on wrong tries.
"""

import hmac
from datetime import date
from hashlib import sha256

from shared.door_code import ALPHABET

CODE_LENGTH, TAIL_LENGTH = 8, 4
LONGEST_TYPED = 40
CHANCE_BYTES = 4
_MISREAD = str.maketrans("OILU", "011V")
"""What people write for a letter that the alphabet does not have."""


def number(day: date, chance: bytes) -> str:
    """260715-7K2M: it says nothing of how many there are."""
    return f"{day:%y%m%d}-{_spelled(int.from_bytes(chance[:CHANCE_BYTES], 'big'), TAIL_LENGTH)}"


def code(once: str) -> str:
    """Eight letters and digits."""
    return _spelled(int.from_bytes(sha256(f"code|{once}".encode()).digest()[:5], "big"), CODE_LENGTH)


def digest(said: str) -> str:
    """What is kept of a code, or of what a form was given."""
    return sha256(said.encode()).hexdigest()


def grouped(said: str) -> str:
    """For reading: K3V9 X2M7."""
    return f"{said[:4]} {said[4:]}"


def read_number(typed: str) -> str:
    """As `number` writes it, however it was typed."""
    said = _bare(typed)
    return f"{said[:6]}-{said[6:]}"


def read_code(typed: str) -> str:
    """As `code` writes it."""
    return _bare(typed)


def matches(kept: str, typed: str) -> bool:
    """Whether the code typed is the one a digest was kept of."""
    return hmac.compare_digest(kept, digest(read_code(typed)))


def _bare(typed: str) -> str:
    return "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum()).translate(_MISREAD)


def _spelled(bits: int, length: int) -> str:
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(length)))
