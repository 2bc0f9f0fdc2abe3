"""One station's world: all its facilities in one room, on one supply, with the same people, played through time.

Settled by the story alone: visits, weather and chance are drawn per day from the seed, and what lasts (the fridge's
food, the room's air) forgets its start within three days. So a world started anywhere and played to an instant is
the world that was recorded up to it, and a live station goes on where its recording ended.
"""

from collections import deque
from collections.abc import Callable, Mapping
from random import Random

from simulators.appliance import Appliance, physics
from simulators.chance import chance, noise
from simulators.people import Day, Uses, Visit, day_start, draw_visits, local_day, uses
from simulators.scenario import MAINS, WEATHER, Story, Turn
from simulators.surroundings import Surroundings

GRID_S = 30.0
MINUTE_S = 60.0
WARM_UP_S = 3 * 86_400.0

Hear = Callable[[str, float], None]
"""Told facility and instant each time a facility was looked at; its values are in the world."""

Look = Callable[["World"], None]
"""Told the world once a minute, when everything in it has lived until then."""

Channel = tuple[str, str]
"""Facility and quantity."""


class World:
    """Everything of one station that is not electronics. Time never goes back."""

    def __init__(self, story: Story, start: float) -> None:
        scenario = story.scenario
        self.story = story
        self.now = start
        self.around = Surroundings(story.seed, start)
        entries = physics()
        self.facilities: dict[str, Appliance] = {
            facility.id: entries[facility.kind].make({**facility.options, **facility.simulated})
            for facility in scenario.facilities
            if facility.kind in entries
        }
        for name, appliance in self.facilities.items():
            appliance.settle(f"{story.seed}:{name}", start)
        self._presence = Uses()
        self._rngs: dict[str, Random] = {}
        self._day = local_day(start) - 1
        self.sockets = sum(
            1 for facility in scenario.facilities for name in facility.wires if name.startswith("voltage.")
        )
        self._turns = deque(story.turns)
        self._looked: dict[str, float] = dict.fromkeys(self.facilities, start)
        self.owners = _owners(story)
        self._begin_day()

    @classmethod
    def warmed(cls, story: Story, now: float) -> "World":
        """The world of a story at an instant, having lived the days before."""
        start = (now - WARM_UP_S) // GRID_S * GRID_S
        world = cls(story, start)
        world.play(now)
        return world

    def play(self, until: float, hear: Hear | None = None, look: Look | None = None) -> None:
        """Live on to `until`, on a grid of 30 s and whenever a facility wants to be looked at.

        `look` is called at each whole minute reached.
        """
        while self.now < until:
            grid = (self.now // GRID_S + 1) * GRID_S
            turn = self._turns[0].at if self._turns and self._turns[0].at > self.now else grid
            self._step(min(until, grid, turn, day_start(self._day + 1)), hear)
            if look is not None and self.now % MINUTE_S == 0:
                look(self)

    def read(self, facility: str, quantity: str) -> float | None:
        """What the sensor wired to this quantity feels now; None where it says nothing."""
        owner, owned = self.owners.get((facility, quantity), (facility, quantity))
        appliance = self.facilities.get(owner)
        return appliance.values.get(owned) if appliance else None

    def look(self, facility: str, now: float) -> None:
        """Let one facility live on to `now` by itself, between two steps of all."""
        if now > self._looked[facility]:
            self.facilities[facility].live(now, self.around)
            self._looked[facility] = now

    def visit(self, visit: Visit) -> None:
        """Someone comes who was not expected."""
        self._plan(uses([visit]))

    def turn(self, facility: str, how: str | None, size: float | None = None) -> Turn:
        """From now on the facility, the `mains` or the `weather` has this fault; None: it is whole again."""
        turn = Turn(self.now, facility, how, size)
        self._turn(turn)
        return turn

    def _step(self, until: float, hear: Hear | None) -> None:
        while self._turns and self._turns[0].at <= self.now:
            self._turn(self._turns.popleft())
        self.around.people = len(self._presence.within(self.now, until))
        self.around.advance(until, self._mains_noise)
        around, looked = self.around, self._looked
        for name, appliance in self.facilities.items():
            at = looked[name]
            while at < until:
                wished = appliance.next(at)
                at = wished if wished < until else until
                appliance.live(at, around)
                if hear is not None:
                    hear(name, at)
            looked[name] = at
        self.now = until
        if until >= day_start(self._day + 1):
            self._begin_day()

    def _begin_day(self) -> None:
        self._day += 1
        seed = self.story.seed
        names = (*self.facilities, MAINS)
        self._rngs = {name: chance(seed, name, self._day) for name in names}
        self._mains_noise = noise(self._rngs[MAINS])
        visits = draw_visits(seed, self._day, self.story.scenario.visits_per_day, self.sockets)
        self._plan(uses(visits))
        if local_day(self.now) > self._day:
            self._begin_day()

    def _plan(self, day: Day) -> None:
        self._presence.add(day.presence)
        for name, appliance in self.facilities.items():
            appliance.plan(day, self._rngs[name])

    def _turn(self, turn: Turn) -> None:
        if turn.facility == MAINS:
            self.around.spoil_mains(turn.how, turn.at, turn.size)
        elif turn.facility == WEATHER:
            self.around.change_weather(turn.how, turn.at, turn.size)
        elif turn.how is None:
            self.facilities[turn.facility].heal(turn.at)
        else:
            self.facilities[turn.facility].break_down(turn.how, turn.at, turn.size)


def _owners(story: Story) -> Mapping[Channel, Channel]:
    """A channel wired to several facilities has one truth: the room's where it has one, else the first's."""
    by_wire: dict[str, list[Channel]] = {}
    for facility in story.scenario.facilities:
        for quantity, wire in facility.wires.items():
            by_wire.setdefault(wire, []).append((facility.id, quantity))
    owners: dict[Channel, Channel] = {}
    for claims in by_wire.values():
        owner = next((claim for claim in claims if claim[0].startswith("room-")), claims[0])
        owners.update(dict.fromkeys(claims, owner))
    return owners
