"""What all facilities of a station share: the mains, the weather, the air of the room.

The weather and the mains are functions of seed and time; the room's air is the one state, warmed by people, the sun
and the air conditioner. Hour-long time constants make it forget where it started within a day.
"""

from math import cos, exp, pi, sin

from simulators.chance import Noise
from simulators.mains import Mains
from simulators.people import DAY_S, LOCAL_S
from simulators.weather import Weather

OUTDOOR_W_PER_K, BUILDING_W_PER_K = 48.0, 64.0
ROOM_W_PER_K = OUTDOOR_W_PER_K + BUILDING_W_PER_K
ROOM_J_PER_K = 1.2e6
BUILDING_C = 20.0
"""A shop-front room in a larger building: alone it settles between both with a time constant of three hours."""

PERSON_W = 90.0
SUN_W = 350.0
DAMP_S = 2400.0


class Surroundings:
    """The state shared by the facilities at one instant; `advance` moves it on."""

    def __init__(self, seed: str, start: float) -> None:
        self._weather = Weather(seed)
        self._mains = Mains(seed)
        self.now = start
        self.outdoor = self._weather.outdoor(start)
        self.room = self._rest(0.0)
        self.humidity = 55.0
        self.mains: float | None = 229.0
        """Volts at the station's main breaker; None in a power cut."""
        self.people = 0
        self.conditioning_w = 0.0
        """Heat the air conditioner puts into the room; negative when it cools."""

    @property
    def mains_fault(self) -> str | None:
        """What is wrong with the supply."""
        return self._mains.fault

    @property
    def weather(self) -> str | None:
        """The wave that is upon the station."""
        return self._weather.wave

    def spoil_mains(self, fault: str | None, since: float, size: float | None = None) -> None:
        """From `since` on the supply has this fault; None: it is good again."""
        self._mains.turn(fault, since, size)

    def change_weather(self, wave: str | None, since: float, size: float | None = None) -> None:
        """From `since` on a wave comes; None: it goes."""
        self._weather.turn(wave, since, size)

    def advance(self, now: float, noise: Noise) -> None:
        """Move to `now`; steps up to a few minutes are exact enough, being exponential."""
        step = now - self.now
        self.now = now
        self.outdoor = self._weather.outdoor(now)
        self.mains = self._mains.volts(now, noise)
        hour = self.hour()
        gains = self.people * PERSON_W + self.conditioning_w
        if 6 < hour < 18:
            gains += SUN_W * sin(pi * (hour - 6) / 12)
        self.room += (self._rest(gains) - self.room) * (1 - exp(-step * ROOM_W_PER_K / ROOM_J_PER_K))
        damp = 62 + 14 * cos(2 * pi * (hour - 5) / 24) - 1.1 * (self.room - self.outdoor) + 2 * self.people
        if self.conditioning_w < 0:
            damp -= 8
        self.humidity += (min(95.0, max(18.0, damp)) - self.humidity) * (1 - exp(-step / DAMP_S))

    def hour(self) -> float:
        """The local hour of the day with fraction."""
        return (self.now + LOCAL_S) % DAY_S / 3600

    def _rest(self, gains: float) -> float:
        return (OUTDOOR_W_PER_K * self.outdoor + BUILDING_W_PER_K * BUILDING_C + gains) / ROOM_W_PER_K
