"""Which lines stay blind: their proposal is made and sealed, and shown only after the form is submitted. Pure.

One line in ten is scored without a proposal, so that what people decide with one can be compared with what they decide
without (health.md B7). Nobody chooses which, and anybody can check it afterwards.
"""

from hashlib import sha256

ONE_IN = 10


def is_blind(nonce: str, key: str) -> bool:
    """By the inspection's random id and the line's key; an inspection without one has no blind lines."""
    if not nonce:
        return False
    return int.from_bytes(sha256(f"{nonce}:{key}".encode()).digest()) % ONE_IN == 0
