"""The test an inspector makes by hand in three minutes: what is measured, and whether it shows that a facility works.

Pure. Its rules are people's and named TEST-…: they never pass for one the station judges by. A test that succeeds is a
proof; one that does not is evidence and no proof.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from shared.states import Grade
from shared.text import Text

COLD_ENOUGH = 8.0
"""℃ in the cabinet at most (health.md A2: GB 31654-2021)."""
HOT_ENOUGH = 80.0
"""℃ at the tap at least (health.md A5 WD1)."""
COOLING_K, HEATING_K = 8.0, 10.0
"""Between room and supply air at least (health.md A4 AC1, AC2)."""
WATER_J_PER_K = 4187 * 0.25
"""Of 250 ml."""
NOT_BOILING = 90.0
"""℃: water that boils takes heat and gets no warmer, so it measures nothing."""
POWER_SHARE = 0.6
"""Of the rated power that must arrive in the water: 8.6 K in 1 l and 60 s are 600 W of 1000 (health.md A3)."""
MODES = {"cooling": Text("制冷", "Cooling"), "heating": Text("制热", "Heating")}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number to enter."""

    name: str
    label: Text
    unit: str
    low: float
    high: float
    step: float = 0.1
    usual: float | None = None
    """What the form starts with. None: empty."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the figures show."""

    passed: bool
    why: Text
    mode: str | None = None
    """cooling or heating; None: the kind has one mode."""


@dataclass(frozen=True, slots=True)
class HandTest:
    """How one kind is tested."""

    rule: str
    grade: Grade
    """Of the proof, where it succeeds."""
    how: Text
    figures: tuple[Figure, ...]
    judge: Callable[[Mapping[str, float]], Outcome]


@dataclass(frozen=True, slots=True)
class Done:
    """A test that was made."""

    facility: str | None
    """None: none of the kind is registered."""
    rule: str
    grade: Grade
    mode: str | None
    passed: bool
    why: Text
    by: str
    at: datetime
    figures: dict[str, float] = field(default_factory=dict)


class BadFigure(ValueError):
    """A number that is missing, or cannot be. Names it and its bounds."""

    def __init__(self, figure: Figure) -> None:
        self.why = Text(
            f"{figure.label.zh}：请填 {figure.low:g} 到 {figure.high:g} {figure.unit}",
            f"{figure.label.en}: from {figure.low:g} to {figure.high:g} {figure.unit}",
        )
        super().__init__(self.why.en)


def _fridge(figures: Mapping[str, float]) -> Outcome:
    cabinet = figures["cabinet"]
    return Outcome(
        cabinet <= COLD_ENOUGH,
        Text(f"箱内 {cabinet:g} ℃，上限 {COLD_ENOUGH:g} ℃", f"{cabinet:g} ℃ inside, limit {COLD_ENOUGH:g} ℃"),
    )


def _microwave(figures: Mapping[str, float]) -> Outcome:
    warmer, rated = figures["after"] - figures["before"], figures["rated"]
    needed = POWER_SHARE * rated * figures["seconds"] / WATER_J_PER_K
    said = f"{warmer:.1f} K / {figures['seconds']:g} s"
    return Outcome(
        warmer >= needed,
        Text(
            f"250 毫升水升温 {said}，额定 {rated:g} W 应不低于 {needed:.1f} K",
            f"250 ml of water: {said}, rated {rated:g} W should give {needed:.1f} K",
        ),
    )


def _air_conditioner(figures: Mapping[str, float]) -> Outcome:
    room, supply = figures["room"], figures["supply"]
    mode = "cooling" if supply <= room else "heating"
    needed, gap = (COOLING_K if mode == "cooling" else HEATING_K), abs(supply - room)
    return Outcome(
        gap >= needed,
        Text(
            f"{MODES[mode].zh}：室内 {room:g} ℃，出风 {supply:g} ℃，温差 {gap:.1f} K，应不低于 {needed:g} K",
            f"{MODES[mode].en}: room {room:g} ℃, supply {supply:g} ℃, {gap:.1f} K apart, at least {needed:g} K",
        ),
        mode,
    )


def _water(figures: Mapping[str, float]) -> Outcome:
    outlet = figures["outlet"]
    return Outcome(
        outlet >= HOT_ENOUGH,
        Text(
            f"出水 {outlet:g} ℃，应不低于 {HOT_ENOUGH:g} ℃",
            f"{outlet:g} ℃ at the tap, at least {HOT_ENOUGH:g} ℃",
        ),
    )


def _outlets(figures: Mapping[str, float]) -> Outcome:
    live, sockets = figures["live"], figures["sockets"]
    return Outcome(
        0 < sockets <= live,
        Text(f"{sockets:g} 个插孔中 {live:g} 个有电", f"{live:g} of {sockets:g} sockets give voltage"),
    )


def _degrees(name: str, zh: str, en: str, low: float, high: float) -> Figure:
    return Figure(name, Text(zh, en), "℃", low, high)


TESTS: dict[str, HandTest] = {
    "fridge": HandTest(
        "TEST-FR", Grade.E2,
        Text("把温度计放进箱内 3 分钟再读数。", "Leave a thermometer in the cabinet for 3 minutes, then read it."),
        (_degrees("cabinet", "箱内温度", "Cabinet", -30, 60),), _fridge,
    ),
    "microwave": HandTest(
        "TEST-MW", Grade.E3,
        Text(
                "250 毫升凉水，最大火力加热 60 秒，不要烧开，搅匀后测温。",
                "Heat 250 ml of cold water at full power for 60 s, do not let it boil, stir, measure.",
            ),
        (
            _degrees("before", "加热前水温", "Water before", 0, 40),
            _degrees("after", "加热后水温", "Water after", 0, NOT_BOILING),
            Figure("seconds", Text("加热时间", "Heated for"), "s", 20, 180, 1, 60),
            Figure("rated", Text("铭牌微波功率", "Rated microwave power"), "W", 300, 1500, 1, 700),
        ), _microwave,
    ),
    "air_conditioner": HandTest(
        "TEST-AC", Grade.E3,
        Text("开机 3 分钟后测出风口和室内温度。", "After 3 minutes measure supply air and room."),
        (
            _degrees("room", "室内温度", "Room", -10, 50),
            _degrees("supply", "出风温度", "Supply air", -5, 65),
        ), _air_conditioner,
    ),
    "drinking_water": HandTest(
        "TEST-WD", Grade.E3,
        Text("接一杯热水，马上测温。", "Take a cup of hot water and measure at once."),
        (_degrees("outlet", "出水温度", "Water at the tap", 0, 100),), _water,
    ),
    "outlets": HandTest(
        "TEST-OUT", Grade.E2,
        Text("用验电笔或充电器逐个试。", "Try each socket with a tester or a charger."),
        (
            Figure("sockets", Text("插孔总数", "Sockets"), "", 1, 100, 1),
            Figure("live", Text("有电的插孔", "Sockets with voltage"), "", 0, 100, 1),
        ), _outlets,
    ),
}  # fmt: skip
"""By kind of facility."""


def figures_of(kind: str, figures: Mapping[str, float | None]) -> dict[str, float]:
    """Of these the kind's own numbers, each within its bounds. Raises BadFigure; a kind without a test has none."""
    found: dict[str, float] = {}
    for figure in TESTS[kind].figures if kind in TESTS else ():
        value = figures.get(figure.name)
        if value is None or not figure.low <= value <= figure.high:
            raise BadFigure(figure)
        found[figure.name] = value
    return found


def made(kind: str, facility: str | None, figures: Mapping[str, float | None], by: str, at: datetime) -> Done:
    """The test with its outcome. Raises BadFigure, and KeyError for a kind that has none."""
    test = TESTS[kind]
    entered = figures_of(kind, figures)
    outcome = test.judge(entered)
    return Done(facility, test.rule, test.grade, outcome.mode, outcome.passed, outcome.why, by, at, entered)
