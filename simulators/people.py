"""What people do in a station on one day: who comes when, heats a meal, charges a phone, opens the fridge.

Pure: a day is drawn from the story's seed and the date alone, so any part of a story can be told on its own.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from simulators.chance import chance

DAY_S = 86_400
LOCAL_S = 8 * 3600
"""Asia/Shanghai is eight hours ahead all year."""

HOUR_WEIGHTS = (0, 0, 0, 0, 0, 0, 1, 2, 4, 6, 8, 12, 14, 10, 7, 7, 5, 2, 0.5, 0, 0, 0, 0, 0)
"""How visits spread over the hours of a local day: sanitation and delivery workers peak around noon."""

LAST_SECOND = 20 * 3600
"""Nobody stays after eight in the evening, so that no visit crosses midnight."""


@dataclass(frozen=True, slots=True)
class Use:
    """Something that lasts from `start` to `end` (epoch seconds), with an amount (W, l) where one is needed."""

    start: float
    end: float
    amount: float = 0.0
    place: int = 0
    """Which socket, from 1; 0 where there is only one."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's stay. `gait` says how fast they cross the beams (seconds between first and second beam)."""

    arrive: float
    leave: float
    gait: float = 0.25
    break_s: float = 0.35
    meal_s: float = 0.0
    charge_w: float = 0.0
    socket: int = 1
    drinks_l: float = 0.0
    opens_fridge: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A day's uses, each list in order of start."""

    heating: tuple[Use, ...] = ()
    charging: tuple[Use, ...] = ()
    draws: tuple[Use, ...] = ()
    doors: tuple[Use, ...] = ()
    presence: tuple[Use, ...] = ()
    visits: tuple[Visit, ...] = ()


def local_day(at: float) -> int:
    """The number of the local day an instant lies in (days since 1970 in Asia/Shanghai)."""
    return int((at + LOCAL_S) // DAY_S)


def day_start(day: int) -> float:
    """Local midnight at which a day begins, as epoch seconds."""
    return float(day * DAY_S - LOCAL_S)


def draw_visits(seed: str, day: int, mean: float, sockets: int) -> list[Visit]:
    """The visits of a local day: about `mean` of them, fewer on a Sunday."""
    rng = chance(seed, "people", day)
    weekday = (day + 3) % 7  # day 0, 1 January 1970, was a Thursday
    expected = mean * (0.7 if weekday == 6 else 1.0)
    number = max(0, round(rng.gauss(expected, expected**0.5)))
    return sorted((_visit(rng, day_start(day), sockets) for _ in range(number)), key=lambda visit: visit.arrive)


def _visit(rng: Random, midnight: float, sockets: int) -> Visit:
    hour = rng.choices(range(24), HOUR_WEIGHTS)[0]
    second = min(hour * 3600 + rng.uniform(0, 3600), LAST_SECOND - 1800)
    eats = 10 <= hour <= 14 and rng.random() < 0.45
    stay = rng.uniform(300, 1500)
    return Visit(
        arrive=round(midnight + second, 2),
        leave=round(midnight + second + stay, 2),
        gait=round(rng.uniform(0.15, 0.3), 2),
        break_s=round(rng.uniform(0.32, 0.5), 2),
        meal_s=float(round(rng.uniform(60, 180))) if eats else 0.0,
        charge_w=round(rng.choice((2, 5, 10, 18, 27, 45, 60)) * rng.uniform(0.7, 1.0), 1)
        if rng.random() < 0.4
        else 0.0,
        socket=rng.randint(1, max(1, sockets)),
        drinks_l=round(rng.uniform(0.2, 0.6), 2) if rng.random() < 0.6 else 0.0,
        opens_fridge=eats or rng.random() < 0.15,
    )


def uses(visits: Iterable[Visit], oven_free: float = 0.0) -> Day:
    """What the visits mean for the facilities. People queue: one meal heats at a time."""
    heating: list[Use] = []
    charging: list[Use] = []
    draws: list[Use] = []
    doors: list[Use] = []
    presence: list[Use] = []
    came = sorted(visits, key=lambda visit: visit.arrive)
    for visit in came:
        presence.append(Use(visit.arrive, visit.leave))
        if visit.opens_fridge:
            doors.append(Use(round(visit.arrive + 15), round(visit.arrive + 15) + 12 + visit.arrive % 18))
        if visit.drinks_l:
            start = float(round(visit.arrive + 40))
            draws.append(Use(start, start + 20, visit.drinks_l))
        if visit.meal_s:
            start = float(round(max(visit.arrive + 60, oven_free)))
            heating.append(Use(start, start + visit.meal_s))
            oven_free = start + visit.meal_s + 15
        if visit.charge_w:
            charging.append(
                Use(visit.arrive + 30, max(visit.leave - 10, visit.arrive + 60), visit.charge_w, visit.socket)
            )
    return Day(
        tuple(heating), tuple(charging), tuple(draws), tuple(sorted(doors, key=_start)), tuple(presence), tuple(came)
    )


def _start(use: Use) -> float:
    return use.start


class Uses:
    """Uses in order of start, asked with a time that never goes back."""

    def __init__(self) -> None:
        self._waiting: deque[Use] = deque()

    def add(self, more: Iterable[Use]) -> None:
        """Put more in; they may lie between those already there."""
        self._waiting = deque(sorted((*self._waiting, *more), key=_start))

    def at(self, now: float) -> Use | None:
        """The use going on at `now`, the earliest if there are several."""
        while self._waiting and self._waiting[0].end <= now:
            self._waiting.popleft()
        return self._waiting[0] if self._waiting and self._waiting[0].start <= now else None

    def within(self, since: float, now: float) -> list[Use]:
        """Those that touch the time after `since` up to `now`; ended ones are forgotten."""
        while self._waiting and self._waiting[0].end <= since:
            self._waiting.popleft()
        found: list[Use] = []
        for use in self._waiting:
            if use.start >= now:
                break
            if use.end > since:
                found.append(use)
        return found

    def edge(self, now: float) -> float:
        """The next start or end after `now`; infinity when nothing is planned."""
        nearest = float("inf")
        for use in self._waiting:
            if use.start > now:
                return min(nearest, use.start)
            if use.end > now:
                nearest = min(nearest, use.end)
        return nearest
