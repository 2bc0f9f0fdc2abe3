"""JSON of a known shape, checked when it is read: the files between agent and kiosk, and what the hub tells a station.

msgspec's structs: a kiosk reads them before its first frame, for which pydantic's models take too long (decision 38).
What is made, not read, only the type checker checks; for it each class says `frozen` and `kw_only` again.
"""

from datetime import datetime
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

Instant = Annotated[datetime, Meta(tz=True)]
Name = Annotated[str, Meta(min_length=1, max_length=64)]

S = TypeVar("S", bound="Shape")


class Unreadable(ValueError):
    """Bytes that are no JSON, or not of the shape; it names the place and what is wrong there."""


class Shape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all of them share."""

    def json(self) -> bytes:
        """As it is written and sent, UTF-8."""
        return msgspec.json.encode(self)


def read(raw: bytes | str, shape: type[S]) -> S:
    """Raises Unreadable."""
    try:
        return msgspec.json.decode(raw, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(f"{shape.__name__}: {error}") from error
