"""The shape of a test that looks at the channels of one facility now and then (health.md A1)."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from edge.health.channel import Channel
from edge.health.memory import Plain, remember, written
from edge.health.station import Station

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

M = TypeVar("M", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class Look:
    """What the appliance does at this moment, as its sense has it. Epoch seconds."""

    at: float
    passed: float
    """Observed seconds since the last look."""
    moves: int
    """How often it changed between running and resting."""
    still_s: float
    """How long it has been resting; 0 while it runs."""
    station: Station


class Check(ABC, Generic[M]):
    """One test. Its memory is a slots dataclass of plain values."""

    __slots__ = ("memory", "name")
    code: ClassVar[str]

    def __init__(self, name: str, memory: M) -> None:
        self.name = f"{self.code}/{name}"
        """In memory."""
        self.memory = memory

    @abstractmethod
    def look(self, look: Look) -> tuple[Channel, ...]:
        """The channels that are believed less, or again, since this look."""

    @abstractmethod
    def hole(self) -> None:
        """Nobody looked for a while: what was in progress is forgotten, what was found stays."""

    def renew(self) -> None:
        """Another unit stands there: what was learned of the old one is forgotten."""

    def written(self) -> Plain:
        """What must survive a restart."""
        return written(self.memory)

    def remember(self, kept: Plain) -> None:
        """Go on from there."""
        remember(self.memory, kept)

    def _find(self, channels: tuple[Channel, ...], since: float | None) -> tuple[Channel, ...]:
        """At fault since then, or not at all (None); which of them that changes."""
        if since is None:
            return tuple(channel for channel in channels if channel.absolve(self.code))
        return tuple(channel for channel in channels if channel.blame(self.code, since))
