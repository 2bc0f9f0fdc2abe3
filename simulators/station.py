"""One live simulated station: its world in real time, its devices on their lines, its happenings, its orders.

The world steps once a second; inputs that are polled faster look at their facility when asked. An order (from the
scenario or the control socket) is a mapping with the key `do`; a wrong one raises BadOrder and changes nothing.
"""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from simulators.device import models
from simulators.line import Line, ModbusLine, Mounted, NoSuchFault, StreamLine
from simulators.network import Relay
from simulators.people import Visit
from simulators.port import Port
from simulators.scenario import Story, Turn, WiredDevice, size_of
from simulators.story_file import by_hand, keep
from simulators.wired import port, source
from simulators.world import World

TICK_S = 1.0
DEFAULT_STAY_S = 300.0
DEFAULT_FOR_S = 30.0

Order = Mapping[str, Any]  # one line of JSON or one [[event]]; read in this file only


class BadOrder(ValueError):
    """An order that names something that is not there; the message lists what is."""


class Station:
    """A station that runs until it is closed. `now` is the wall clock in epoch seconds."""

    def __init__(self, begun: Story, folder: Path, now: Callable[[], float], rng: Random, relay: Relay | None) -> None:
        self.world = World.warmed(begun, now())
        self.relay = relay
        self.lines: dict[str, Line] = {}
        self._story = begun
        self._folder = folder
        self._now = now
        self._rng = rng
        self._mounted: list[Mounted] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._open_lines()

    def open(self) -> None:
        """Publish the ports and begin to live; call on the running loop."""
        for line in self.lines.values():
            line.open()
        loop = asyncio.get_running_loop()
        self._tasks.append(loop.create_task(self._live()))
        for happening in self._story.scenario.happenings:
            if happening.do == "network" and self.relay is None:
                continue  # whoever started this station gave it no network to drop
            order = {"do": happening.do, **happening.details}
            self._tasks.append(loop.create_task(self._happen(happening.at, happening.every_s, order)))

    async def close(self) -> None:
        """Vanish; nothing of the ports is left."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for line in self.lines.values():
            await line.close()
        if self.relay is not None:
            await self.relay.close()

    def obey(self, order: Order) -> Mapping[str, object]:
        """Carry out one order; returns what to answer. Raises BadOrder."""
        doings: dict[str, Callable[[Order], None]] = {
            "break": self._break,
            "heal": self._heal,
            "line": self._spoil,
            "network": self._network,
            "visit": self._visit,
        }
        what = order.get("do")
        if what == "status":
            return self.status()
        if what not in doings:
            raise BadOrder(f"nothing is done by {what!r}; there are {', '.join([*doings, 'status'])}")
        self.world.play(self._now())
        try:
            doings[what](order)
        except (TypeError, KeyError, NoSuchFault) as problem:
            raise BadOrder(str(problem)) from problem
        return {"done": what}

    def status(self) -> Mapping[str, object]:
        """What stands: faults, values, lines, network."""
        facilities = {
            name: {"fault": appliance.how, "values": dict(appliance.values)}
            for name, appliance in self.world.facilities.items()
        }
        lines = {
            name: {
                "plugged": line.port.plugged,
                "answers": line.answers,
                "faults": [fault.how for fault in line.faults],
            }
            for name, line in self.lines.items()
        }
        return {
            "scenario": self._story.scenario.name,
            "mains": self.world.around.mains_fault,
            "weather": self.world.around.weather,
            "facilities": facilities,
            "lines": lines,
            "network": self.relay.how if self.relay is not None else None,
        }

    def _open_lines(self) -> None:
        scenario = self._story.scenario
        for line in scenario.lines:
            devices = [device for device in scenario.devices if device.line == line.name]
            mounted = [self._mount(device) for device in devices]
            self._mounted += mounted
            made = partial(Port, port(self._folder, line.name), line.baudrate)
            self.lines[line.name] = ModbusLine(line.name, made, mounted, self._rng)
        for device in scenario.streams():
            alone = models()[device.model].alone
            if alone is None:
                raise BadOrder(f"{device.name}: {device.model} needs a line and an address")
            talker = alone(source(self.world, device, self._now), self._rng)
            made = partial(Port, port(self._folder, device.line), device.baudrate)
            self.lines[device.line] = StreamLine(device.line, made, talker, self._rng)

    def _mount(self, device: WiredDevice) -> Mounted:
        model = models()[device.model]
        if model.on_line is None or device.address is None:
            raise BadOrder(f"{device.name}: {device.model} does not go on a line")
        return Mounted(
            device.name, model.on_line(device.address, source(self.world, device, self._now)), model.latency_s
        )

    async def _live(self) -> None:
        while True:
            now = self._now()
            self.world.play(now)
            for mounted in self._mounted:
                mounted.device.live(now)
            await asyncio.sleep(TICK_S)

    async def _happen(self, after: float, every_s: float | None, order: Order) -> None:
        await asyncio.sleep(after)
        self.obey(order)
        while every_s is not None:
            await asyncio.sleep(every_s)
            self.obey(order)

    def _break(self, order: Order) -> None:
        facility = self._facility(order)
        faults = self._story.scenario.faults_of(facility)
        how = order.get("how")
        if how not in faults:
            raise BadOrder(f"{facility} cannot break by {how!r}; there are {', '.join(faults)}")
        try:
            size = size_of(order)
        except (TypeError, ValueError) as problem:
            raise BadOrder(str(problem)) from problem
        self._remember(self.world.turn(facility, how, size))

    def _heal(self, order: Order) -> None:
        self._remember(self.world.turn(self._facility(order), None))

    def _facility(self, order: Order) -> str:
        facility = order.get("facility")
        breakable = self._story.scenario.breakable()
        if facility not in breakable:
            raise BadOrder(f"nothing here is called {facility!r}; there are {', '.join(breakable)}")
        return str(facility)

    def _remember(self, turn: Turn) -> None:
        keep(self._folder, self._story, [*by_hand(self._folder), turn])

    def _spoil(self, order: Order) -> None:
        name = order.get("line")
        if name not in self.lines:
            raise BadOrder(f"there is no line {name!r}; there are {', '.join(self.lines)}")
        if order["fault"] == "heal":
            self.lines[name].heal()
            return
        self.lines[name].spoil(
            order["fault"],
            float(order.get("for_s", DEFAULT_FOR_S)),
            order.get("device"),
            float(order.get("share", 1.0)),
        )

    def _network(self, order: Order) -> None:
        if self.relay is None:
            raise BadOrder("this station runs without a relay: start it with --relay-to")
        how, for_s = order["how"], order.get("for_s")
        try:
            self.relay.change(how, None if for_s is None else float(for_s))
        except ValueError as problem:
            raise BadOrder(str(problem)) from problem

    def _visit(self, order: Order) -> None:
        arrive = self.world.now + 0.5
        self.world.visit(
            Visit(
                arrive=arrive,
                leave=arrive + float(order.get("stay_s", DEFAULT_STAY_S)),
                meal_s=float(order.get("meal_s", 0)),
                charge_w=float(order.get("charge_w", 0)),
                socket=int(order.get("socket", 1)),
                drinks_l=float(order.get("drinks_l", 0)),
                opens_fridge=bool(order.get("meal_s", 0)),
            )
        )
