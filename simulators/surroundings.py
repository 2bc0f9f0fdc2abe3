"""What all facilities of a station share: the mains, the weather, the air of the room.

The weather and the mains are functions of seed and time; the room's air is the one state, warmed by people, the sun
and the air conditioner. Hour-long time constants make it forget where it started within a day.
"""

from datetime import UTC, datetime, timedelta
from math import cos, exp, pi, sin
from random import Random

from simulators.chance import chance
from simulators.people import DAY_S, LOCAL_S, local_day

MONTHLY_MEAN = (3.0, 5.5, 10.5, 16.5, 21.5, 25.5, 28.5, 28.0, 24.0, 18.5, 12.0, 5.5)
"""Outdoor means in ℃ of the lower Yangtze, January to December, typical values."""

OUTDOOR_W_PER_K, BUILDING_W_PER_K = 48.0, 64.0
ROOM_W_PER_K = OUTDOOR_W_PER_K + BUILDING_W_PER_K
ROOM_J_PER_K = 1.2e6
BUILDING_C = 20.0
"""A shop-front room in a larger building: alone it settles between both with a time constant of three hours."""

PERSON_W = 90.0


class Surroundings:
    """The state shared by the facilities at one instant; `advance` moves it on."""

    def __init__(self, seed: str, start: float) -> None:
        self._seed = seed
        self._offsets: dict[int, float] = {}
        self.now = start
        self.outdoor = self._outdoor(start)
        self.room = self._rest(0.0)
        self.humidity = 55.0
        self.mains: float | None = 229.0
        """Volts at the station's main breaker; None in a power cut."""
        self.mains_fault: str | None = None
        self.people = 0
        self.conditioning_w = 0.0
        """Heat the air conditioner puts into the room; negative when it cools."""

    def advance(self, now: float, rng: Random) -> None:
        """Move to `now`; steps up to a few minutes are exact enough, being exponential."""
        step = now - self.now
        self.now = now
        self.outdoor = self._outdoor(now)
        self.mains = self._mains(now, rng)
        gains = self.people * PERSON_W + self._sun(now) + self.conditioning_w
        self.room += (self._rest(gains) - self.room) * (1 - exp(-step * ROOM_W_PER_K / ROOM_J_PER_K))
        damp = 62 + 14 * cos(2 * pi * (self._hour(now) - 5) / 24) - 1.1 * (self.room - self.outdoor) + 2 * self.people
        if self.conditioning_w < 0:
            damp -= 8
        self.humidity += (min(95.0, max(18.0, damp)) - self.humidity) * (1 - exp(-step / 2400))

    def hour(self) -> float:
        """The local hour of the day with fraction."""
        return self._hour(self.now)

    def _rest(self, gains: float) -> float:
        return (OUTDOOR_W_PER_K * self.outdoor + BUILDING_W_PER_K * BUILDING_C + gains) / ROOM_W_PER_K

    def _hour(self, at: float) -> float:
        return ((at + LOCAL_S) % DAY_S) / 3600

    def _sun(self, at: float) -> float:
        return max(0.0, 350 * sin(pi * (self._hour(at) - 6) / 12)) if 6 < self._hour(at) < 18 else 0.0

    def _mains(self, at: float, rng: Random) -> float | None:
        if self.mains_fault == "cut":
            return None
        volts = 228.5 + 2.0 * cos(2 * pi * (self._hour(at) - 3) / 24) + rng.gauss(0, 0.4)
        return volts - 36 if self.mains_fault == "low" else volts + 14 if self.mains_fault == "high" else volts

    def _outdoor(self, at: float) -> float:
        day = local_day(at)
        part = ((at + LOCAL_S) % DAY_S) / DAY_S
        drift = (1 - part) * self._offset(day) + part * self._offset(day + 1)
        swing = 4.2 * cos(2 * pi * (self._hour(at) - 14.5) / 24)
        return self._season(day, part) + drift + swing

    def _offset(self, day: int) -> float:
        if day not in self._offsets:
            self._offsets = {known: value for known, value in self._offsets.items() if known >= day - 1}
            self._offsets[day] = chance(self._seed, "weather", day).gauss(0, 2.2)
        return self._offsets[day]

    @staticmethod
    def _season(day: int, part: float) -> float:
        date = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)
        month = date.month - 1
        along = (date.day - 1 + part) / 30.5
        other = (month + 1) % 12 if along >= 0.5 else (month - 1) % 12
        weight = abs(along - 0.5)
        return MONTHLY_MEAN[month] * (1 - weight) + MONTHLY_MEAN[other] * weight


MAINS_FAULTS = {
    "cut": "the whole station loses its mains",
    "low": "the supply sags to about 193 V",
    "high": "the supply rises to about 243 V",
}
