"""The 28 acceptance scenarios (health.md B5), each a facility of a station over 30 days. Pure.

Times are days before the visit. Where two readings are given (S04, S13) the second is a scenario of its own, with a
letter. `expected` is what health.md expects of the hub; what is true the physics says, and S27 is the one they differ
in: twelve trips of eight minutes are 0.7 % of the time, and keep it from 10 by a rule about events alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Literal

from simulators.people import LOCAL_S
from simulators.scenario import MAINS
from tests.evaluation.catalogue import DAY_S, fault_of
from tests.evaluation.chances import silences
from tests.evaluation.plans import Aim, Case, Plan, Stuck, Trouble, Word
from tests.evaluation.stations import WEATHER, spell_of

DAYS = 30.0
BUSY = 40.0
"""Visitors a day where a scenario says nothing of them."""

Break = tuple[str, float, float | None, float | None]
"""Fault; so many days before the visit; repaired so many before it (None: not); size."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One row of the table."""

    id: str
    text: str
    kind: str
    aim: Aim
    expected: tuple[int | None, ...]
    breaks: tuple[Break, ...] = ()
    on: tuple[int, int] | None = None
    """Month and day of the visit. None: any."""
    hour: float = 11.0
    gaps: float = 0.0
    """The share of the time its devices are silent."""
    away: float = 0.0
    """The share of the time the agent is."""
    visits: float | None = None
    """Visitors a day of a station of its own. None: a usual one, which holds other windows, too."""
    befalls: tuple[tuple[str, str, float, float, float | None], ...] = ()
    """Mains or weather; how; from, to; size."""
    simulated: Mapping[str, float] = field(default_factory=dict)
    options: Mapping[str, float | bool] = field(default_factory=dict)
    word: tuple[Literal["yes", "no"], float] | None = None
    """What the head answers, so many hours after it was true."""
    swapped: float | None = None
    stuck: tuple[str, float, float] | None = None
    """Quantity, since, value."""
    closed: tuple[int, int] | None = None
    """The first day of a filed closure before the visit's, and the first open one after it."""

    @property
    def alone(self) -> bool:
        """What it asks of the station would change other windows."""
        return self.visits is not None or self.away > 0


JULY, MAY, ANY = (7, 28), (5, 6), None
DEFROSTS = {"defrosts_per_day": 12 / 7, "defrost_w": 450, "defrost_s": 1500, "defrost_air_w": 120}
TRIPS = tuple(("trip", day + 0.02, day + 0.02 - 8 / 1440, None) for day in range(2, 26, 2))

SCENARIOS: tuple[Scenario, ...] = (
    Scenario("S01", "healthy fridge, 2 % gaps", "fridge", "healthy", (10,), gaps=0.02),
    Scenario("S02", "12 defrosts a week", "fridge", "healthy", (10,), simulated=DEFROSTS),
    Scenario(
        "S03", "door opened 40 times a day in summer", "fridge", "healthy", (10,), on=JULY, simulated={"openings": 2.5}
    ),
    Scenario("S04", "leak, warm the last three days", "fridge", "2", (2,), (("leak", 6.1, None, 0.4),)),
    Scenario("S04b", "leak, repaired before the visit", "fridge", "6", (6,), (("leak", 8.1, 2.0, 0.4),)),
    Scenario("S05", "dead since 08:00, visit 14:00", "fridge", "2", (2,), (("dead", 0.25, None, None),), hour=14.0),
    Scenario("S06", "dead for five days, repaired two days ago", "fridge", "2", (2,), (("dead", 7.1, 2.0, None),)),
    Scenario("S07", "probe fell out", "fridge", "healthy", (None,), (("probe_out", 3.0, None, None),)),
    Scenario(
        "S08",
        "probe stuck at 4.0, fridge warm",
        "fridge",
        "2",
        (None,),
        (("dead", 4.0, None, None),),
        stuck=("cabinet_temperature", 6.0, 4.0),
    ),
    Scenario("S09", "agent away 40 % of the time", "fridge", "healthy", (None,), away=0.4),
    Scenario("S10", "agent away 15 % of the time", "drinking_water", "healthy", (None,), away=0.15),
    Scenario(
        "S11",
        "agent away 60 %, seen down the rest",
        "outlets",
        "2",
        (2,),
        (("trip", 29.9, None, None),),
        away=0.6,
    ),
    Scenario("S12", "power cut of six hours", "fridge", "healthy", (10,), befalls=((MAINS, "cut", 10.0, 9.75, None),)),
    Scenario(
        "S13",
        "relay left off after a cut for six hours of service",
        "fridge",
        "healthy",
        (10,),
        (("relay_off", 9.0, 8.75, None),),
        befalls=((MAINS, "cut", 9.02, 9.01, None),),
    ),
    Scenario(
        "S13b",
        "relay left off after a cut, still off",
        "fridge",
        "2",
        (2,),
        (("relay_off", 1.1, None, None),),
        befalls=((MAINS, "cut", 1.12, 1.11, None),),
    ),
    Scenario("S14", "microwave used nine times", "microwave", "healthy", (10,), visits=1.2),
    Scenario("S15", "microwave never used", "microwave", "healthy", (None,), visits=0.0),
    Scenario(
        "S16",
        "microwave runs at 90 W, six uses",
        "microwave",
        "2",
        (2,),
        (("no_heat", 29.9, None, None),),
        visits=0.9,
        options={"full_power": 1300.0},
    ),
    Scenario("S17", "microwave only on bursts of 30 %", "microwave", "healthy", (10,), simulated={"low_power": 1.0}),
    Scenario("S18", "weak magnetron, normal input", "microwave", "6", (10,), (("weak_magnetron", 6.0, 3.0, 0.5),)),
    Scenario("S19", "air conditioner in July", "air_conditioner", "healthy", (10,), on=JULY),
    Scenario(
        "S20",
        "runs in July with a split of 2 K for four days",
        "air_conditioner",
        "2",
        (2,),
        (("no_effect", 4.0, None, 0.345),),
        on=JULY,
    ),
    Scenario(
        "S21",
        "never on in April",
        "air_conditioner",
        "healthy",
        (None,),
        on=MAY,
        simulated={"start_hour": 0.0, "stop_hour": 0.0, "night_below": 0.0},
    ),
    Scenario(
        "S22",
        "off at 33 degrees, the head answers: broken",
        "air_conditioner",
        "2",
        (2,),
        (("dead", 2.0, None, None),),
        on=JULY,
        befalls=((WEATHER, "heat_wave", 6.0, 0.0, 1.0),),
        word=("no", 3.0),
    ),
    Scenario(
        "S23", "dispenser without a burst for three days", "drinking_water", "6", (6,), (("no_heat", 4.0, 1.0, None),)
    ),
    Scenario(
        "S24",
        "two of six sockets dead",
        "outlets",
        "6",
        (6,),
        (("socket_dead", 5.0, None, 2 / 6),),
        simulated={"sockets": 6},
    ),
    Scenario(
        "S25",
        "242 V for four days",
        "outlets",
        "6",
        (6,),
        befalls=((MAINS, "high", 9.0, 5.0, 0.47),),
        visits=BUSY,
    ),
    Scenario(
        "S26",
        "replaced yesterday evening, not used since",
        "microwave",
        "healthy",
        (None,),
        hour=10.0,
        swapped=16.5 / 24,
    ),
    Scenario("S27", "twelve trips of eight minutes", "outlets", "healthy", (6,), TRIPS),
    Scenario("S28", "closed for ten days, filed", "drinking_water", "healthy", (10,), closed=(15, 5)),
)


@dataclass(frozen=True, slots=True)
class Staged:
    """A scenario on its station."""

    plan: Plan
    alone: bool


def staged(rng: Random, count: int) -> list[Staged]:
    """So many of them, which ones by chance; all where as many or more are asked for than there are rows in B5."""
    rows = list(SCENARIOS)
    rng.shuffle(rows)
    rows = rows if count >= 28 else rows[:count]
    return [Staged(stage(rng, row), row.alone) for row in rows]


def stage(rng: Random, row: Scenario) -> Plan:
    """One of them, at its visit."""
    visit = _visit(rng, row)
    start = visit - DAYS * DAY_S

    def ago(days: float) -> float:
        return visit - days * DAY_S

    midnight = (visit + LOCAL_S) // DAY_S * DAY_S - LOCAL_S
    troubles = [
        Trouble(fault_of(row.kind, how), ago(since), None if until is None else ago(until), size)
        for how, since, until, size in row.breaks
    ]
    case = Case(
        0,
        row.kind,
        row.aim,
        tuple(sorted(troubles, key=lambda trouble: trouble.onset)),
        silences(rng, (start, visit), row.gaps),
        row.simulated,
        row.options,
        "",
        None if row.word is None else Word(row.word[0], row.word[1] * 3600),
        None if row.swapped is None else ago(row.swapped),
        None if row.stuck is None else Stuck(row.stuck[0], ago(row.stuck[1]), row.stuck[2]),
        row.id,
        row.expected,
    )
    turns = [
        turn
        for facility, how, since, until, size in row.befalls
        for turn in spell_of(facility, how, (ago(since), ago(until)), size)
        if turn.at < visit
    ]
    return Plan(
        0,
        "",
        DAYS,
        visit,
        BUSY if row.visits is None else row.visits,
        (case,),
        silences(rng, (start, visit - 3600), row.away),
        tuple(turns),
        None if row.closed is None else (midnight - row.closed[0] * DAY_S, midnight - row.closed[1] * DAY_S),
    )


def _visit(rng: Random, row: Scenario) -> float:
    month, day = row.on or (1 + rng.randrange(12), 1 + rng.randrange(28))
    return datetime(2025, month, day, tzinfo=UTC).timestamp() - LOCAL_S + row.hour * 3600
