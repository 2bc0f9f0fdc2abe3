"""One facility in a played world: everything it feels, and what is physically so minute by minute."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from simulators.appliance import Values
from simulators.people import LOCAL_S
from simulators.scenario import Story, Turn, load, story
from simulators.world import World

HOUR_S, DAY_S = 3600.0, 86_400.0
OPEN_H = (9.0, 17.0)

Options = Mapping[str, Mapping[str, float]]
"""Kind -> options of its physics."""


def noon(month: int) -> float:
    """Twelve o'clock in Shanghai on the 15th of a month."""
    return datetime(2026, month, 15, 12, tzinfo=UTC).timestamp() - LOCAL_S


def told(start: float, *turns: Turn, options: Options | None = None, visits: float = 40.0, seed: str = "s") -> Story:
    """A full station with every contact wired and these options, and what befalls it."""
    scenario = load("evaluation")
    facilities = tuple(
        replace(facility, simulated={**facility.simulated, **(options or {}).get(facility.kind, {})})
        for facility in scenario.facilities
    )
    scenario = replace(scenario, facilities=facilities, visits_per_day=visits, happenings=())
    return story(scenario, start, seed, turns)


@dataclass(slots=True)
class Seen:
    """Of one facility."""

    felt: list[tuple[float, Values]] = field(default_factory=list)
    facts: list[tuple[float, Mapping[str, float]]] = field(default_factory=list)
    rooms: list[tuple[float, float]] = field(default_factory=list)

    def column(self, quantity: str, since: float = 0.0, until: float = float("inf")) -> list[float]:
        """What its sensor said, silence left out."""
        found = [values[quantity] for at, values in self.felt if since <= at < until]
        return [value for value in found if value is not None]

    def fact(self, name: str, since: float = 0.0, until: float = float("inf")) -> list[float]:
        return [facts[name] for at, facts in self.facts if since <= at < until]

    def opened(self, name: str, since: float = 0.0) -> list[float]:
        """The same in opening hours."""
        return [facts[name] for at, facts in self.facts if at >= since and OPEN_H[0] <= hour(at) < OPEN_H[1]]

    def duty(self, watts: float, since: float, until: float = float("inf")) -> float:
        """The share of the half minutes in which it draws more."""
        grid = [values["power"] or 0.0 for at, values in self.felt if since <= at < until and at % 30 == 0]
        return sum(1 for power in grid if power > watts) / len(grid)


def hour(at: float) -> float:
    return (at + LOCAL_S) % DAY_S / HOUR_S


def play(begun: Story, start: float, days: float, *facilities: str) -> dict[str, Seen]:
    """Play from `start` on without a warm-up: what is slow begins as it is made."""
    world = World(begun, start)
    seen = {name: Seen() for name in facilities}

    def hear(name: str, at: float) -> None:
        if name in seen:
            seen[name].felt.append((at, dict(world.facilities[name].values)))

    def look(world: World) -> None:
        for name, one in seen.items():
            one.facts.append((world.now, dict(world.facilities[name].facts(world.now, world.around))))
            one.rooms.append((world.now, world.around.room))

    world.play(start + days * DAY_S, hear, look)
    return seen


def broken(
    kind: str,
    how: str,
    size: float | None,
    days: float,
    month: int = 5,
    options: Mapping[str, float] | None = None,
    seed: str = "s",
) -> tuple[Seen, float]:
    """A facility that breaks half a day after it was made, seen for `days` after that; and when it broke."""
    start = noon(month) - DAY_S / 2
    turn = Turn(noon(month) - 7, f"{kind}-1", how, size)
    begun = told(start, turn, options={kind: options or {}}, seed=seed)
    return play(begun, start, days + 0.5, f"{kind}-1")[f"{kind}-1"], turn.at
