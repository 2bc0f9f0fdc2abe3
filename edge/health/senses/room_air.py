"""How the room's air moves, and at which temperatures the air conditioner used to start (health.md A4)."""

from dataclasses import dataclass, field

from edge.health.rule import Mode
from edge.health.senses.starts import Starts

MARK_S = 300.0
MARKS = 13
"""One hour of room temperatures, five minutes apart."""
MIDDLE_C = 22.5
"""Nobody cools below nor heats above (State Council 2007: at least 26 ℃ in summer, at most 20 ℃ in winter)."""


@dataclass(slots=True)
class RoomAir:
    """Temperatures in ℃, epoch seconds."""

    now: float | None = None
    marks: list[list[float]] = field(default_factory=list)
    started: float | None = None
    """What it was when the run going on began; None: that was not seen."""
    at_start: list[float] = field(default_factory=list)
    """The start of the run going on, to be learned once its mode is known: ℃, when."""
    cooling: Starts = field(default_factory=Starts)
    heating: Starts = field(default_factory=lambda: Starts(-1.0))

    def feel(self, at: float, room: float) -> None:
        """One sample."""
        self.now = room
        if not self.marks or at - self.marks[-1][0] >= MARK_S:
            self.marks.append([at, room])
            del self.marks[:-MARKS]

    def hole(self) -> None:
        """It was not felt for a while."""
        self.now, self.marks, self.started, self.at_start = None, [], None, []

    def moved(self, at: float, span_s: float) -> float | None:
        """Kelvin it moved over the last `span_s`, None until it was watched so long."""
        if self.now is None:
            return None
        for marked, room in reversed(self.marks):
            if at - marked >= span_s:
                return self.now - room
        return None

    def start(self, at: float, seen: bool, counts: bool) -> None:
        """The compressor starts: seen to, and counting: neither after a defrost nor against frost at night."""
        self.started = self.now if seen else None
        self.at_start = [self.now, at] if counts and seen and self.now is not None else []

    def stop(self) -> None:
        """The run is over."""
        self.started, self.at_start = None, []

    def learn(self, mode: Mode) -> None:
        """The mode of the run going on is known."""
        if self.at_start:
            (self.cooling if mode == "cooling" else self.heating).add(*self.at_start)
            self.at_start = []

    @property
    def mode(self) -> Mode | None:
        """What a run that began so warm or so cold is for, where no supply air tells."""
        if self.started is None:
            return None
        return "cooling" if self.started >= MIDDLE_C else "heating"
