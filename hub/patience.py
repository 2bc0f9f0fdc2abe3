"""How long a station with a backlog is asked to wait: as long as the others that came back need for a turn each. Pure.

Without it a thousand stations keep a thousand envelopes under way, each waits longer than its sender does, and is said
again. With too much of it the hub idles. So each is asked to come back when its turn is due, and nobody is while the
hub has room.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

LONGEST_S = 60.0
CROWDED = 0.5
"""The share of the backlog's room from which on stations are asked to wait."""
LAPSE = timedelta(minutes=2)
"""A station that was not heard for so long takes no turn."""
SMOOTHING = 0.1


@dataclass(slots=True)
class Patience:
    """Only what one process remembers of the last minutes: were it lost, stations would come a little too often."""

    _heard: dict[str, datetime] = field(default_factory=dict)
    """Stations with more to say, and when they spoke last."""
    _rate: float = 0.0
    """Their envelopes a second of work."""

    def note(self, stations: Collection[str], took_s: float, now: datetime) -> None:
        """A batch held an envelope of each of these stations, which have more behind it, and took so long."""
        if not stations:
            return
        self._heard.update(dict.fromkeys(stations, now))
        self._heard = {station: at for station, at in self._heard.items() if abs(now - at) < LAPSE}
        if took_s > 0:
            seen = len(stations) / took_s
            self._rate = self._rate + SMOOTHING * (seen - self._rate) if self._rate else seen

    def wait_s(self, fullness: float) -> float:
        """`fullness`: the share of the backlog's room that is taken."""
        if fullness < CROWDED or not self._rate:
            return 0.0
        return min(LONGEST_S, len(self._heard) / self._rate)
