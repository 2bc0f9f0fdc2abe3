"""The way to the stations and back, as ingest needs it. `hub/mqtt.py` is the real one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Arrived:
    """What the broker brought."""

    topic: str
    payload: bytes
    at: datetime
    """Hub time."""
    mid: int = 0
    """The broker's number for it. 0: it wants no acknowledgement."""
    connection: int = 0
    """Which connection brought it: numbers mean nothing on the next."""


class Line(Protocol):
    """The way to the stations and back."""

    def take(self, limit: int) -> list[Arrived]:
        """What has arrived, the lane `now` first; empty after a tenth of a second without anything."""

    def waiting(self) -> int:
        """How many messages have arrived and were not taken yet."""

    @property
    def fullness(self) -> float:
        """The share of the backlog's room that is taken; at 1 the hub reads no more of it."""

    def say(self, topic: str, payload: str) -> None:
        """Publish at QoS 0: an acknowledgement that is lost costs one repetition."""

    def acknowledge(self, batch: Sequence[Arrived]) -> None:
        """Tell the broker that these need not come again."""
