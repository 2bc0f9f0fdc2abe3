"""How the rows of the trail hang together: each carries the hash of the one before. Pure."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Link:
    """What a row of the trail says, as it is hashed."""

    at: datetime
    who: str
    role: str
    what: str
    station: str | None
    subject: str
    old: str | None
    new: str | None
    reason: str | None


def digest(link: Link, before: str) -> str:
    """Over what the row says and the hash of the one before."""
    said = [
        link.at.astimezone(UTC).isoformat(timespec="microseconds"), link.who, link.role, link.what, link.station,
        link.subject, link.old, link.new, link.reason, before,
    ]  # fmt: skip
    return sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Broken:
    """Where the trail does not hold together."""

    row: int
    """Number of the row, or of the one after which rows are missing."""
    why: str


def broken(rows: Iterable[tuple[int, Link, str, str]], length: int, last: str) -> Broken | None:
    """The first place where the chain is broken; None: it is whole.

    `rows`: number, what it says, the hash it names as the one before, its own hash, in order. `length` and `last`:
    how many there should be, and the hash they should end with.
    """
    before, number, seen = "", 0, 0
    for number, link, named, own in rows:
        if named != before:
            return Broken(number, "the row before it is missing or was changed")
        if digest(link, before) != own:
            return Broken(number, "it was changed after it was written")
        before, seen = own, seen + 1
    if (seen, before) != (length, last):
        return Broken(number, f"the trail should have {length} rows and has {seen}: its end is missing")
    return None
