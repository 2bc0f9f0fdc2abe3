"""The weather outside: a function of seed and time, and the waves a story tells of."""

from datetime import UTC, datetime, timedelta
from math import cos, pi

from simulators.chance import chance
from simulators.fault import Fault, between, sized
from simulators.people import DAY_S, LOCAL_S

MONTHLY_MEAN = (3.0, 5.5, 10.5, 16.5, 21.5, 25.5, 28.5, 28.0, 24.0, 18.5, 12.0, 5.5)
"""Outdoor means in ℃ of the lower Yangtze, January to December, typical values."""

WAVE_K = (5.0, 12.0)
RAMP_S = 8 * 3600.0
"""A wave comes and goes over a third of a day."""

WEATHER_TURNS = {
    "heat_wave": Fault("it grows hotter than the season over hours; size: by 5 to 12 K"),
    "cold_wave": Fault("it grows colder than the season over hours; size: by 5 to 12 K"),
}


class Weather:
    """The outdoor temperature, asked with a time that does not go back by more than a day."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._offsets: dict[int, float] = {}
        self._means: dict[int, tuple[float, float]] = {}
        self.wave: str | None = None
        self._since, self._from, self._to = -RAMP_S, 0.0, 0.0

    def turn(self, wave: str | None, since: float, size: float | None) -> None:
        """From `since` on a wave comes; None: it goes."""
        self._from = self._extra(since)
        kelvin = between(WAVE_K, sized(WEATHER_TURNS, wave, size))
        self.wave, self._since = wave, since
        self._to = 0.0 if wave is None else kelvin if wave == "heat_wave" else -kelvin

    def outdoor(self, at: float) -> float:
        """The temperature outside in ℃."""
        day, second = divmod(at + LOCAL_S, DAY_S)
        part = second / DAY_S
        today, change = self._daily(int(day))
        swing = 4.2 * cos(2 * pi * (part - 14.5 / 24))
        return today + part * change + swing + (self._extra(at) if self._to or self._from else 0.0)

    def _extra(self, at: float) -> float:
        part = min(1.0, max(0.0, (at - self._since) / RAMP_S))
        return self._from + (self._to - self._from) * part * part * (3 - 2 * part)

    def _daily(self, day: int) -> tuple[float, float]:
        """A day's temperature at midnight, season and chance, and how it changes until the next."""
        if day not in self._means:
            tonight, next_night = (_season(night) + self._offset(night) for night in (day, day + 1))
            self._means = {day: (tonight, next_night - tonight)}
        return self._means[day]

    def _offset(self, day: int) -> float:
        if day not in self._offsets:
            self._offsets = {known: value for known, value in self._offsets.items() if known >= day - 1}
            self._offsets[day] = chance(self._seed, "weather", day).gauss(0, 2.2)
        return self._offsets[day]


def _season(day: int) -> float:
    date = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)
    month = date.month - 1
    along = (date.day - 1) / 30.5
    other = (month + 1) % 12 if along >= 0.5 else (month - 1) % 12
    weight = abs(along - 0.5)
    return MONTHLY_MEAN[month] * (1 - weight) + MONTHLY_MEAN[other] * weight
