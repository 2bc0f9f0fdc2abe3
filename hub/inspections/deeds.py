"""Who did something to an inspection, and what is told of it. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from hub.accounts.tables import User
from hub.inspections.presence import Place

Origin = Literal["online", "offline"]


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did something, when, where, and how the hub heard of it."""

    who: User
    at: datetime
    """When it was done on the spot; offline by the device's clock."""
    now: datetime
    """The hub's time."""
    version: int | None = None
    """Of the line as its page showed it. None: whatever it is now."""
    origin: Origin = "online"
    place: Place | None = None
    """None: the device did not say."""
    spent_s: int | None = None
    """Seconds the line was worked on. None: the device did not say."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is written to the trail of one answer."""

    what: str
    old: str | None
    """None: there was nothing."""
    new: str | None
    reason: str | None = None
