"""A random station: when it is visited, how busy it is, and what befalls the whole of it. Pure."""

from datetime import UTC, datetime
from random import Random

from simulators.people import LOCAL_S
from simulators.scenario import MAINS, Turn
from tests.evaluation.catalogue import DAY_S
from tests.evaluation.chances import log_uniform, silences
from tests.evaluation.plans import Plan, Span, can_befall

DAYS = (14, 30)
"""A random window is so many whole days long, since the last inspection."""
VISITS_PER_DAY = (10.0, 60.0)
"""Log-uniform; a water heater keeps up with no more."""
AGENT_AWAY = (0.001, 0.35)
"""Log-uniform share of the window."""
AGENTS_PART = 0.55
"""Of that, the agent is away for so much: with stations of scenarios, whose agents stay, a third of all silence."""
CUT_SHARE, CUT_S = 0.3, (600.0, 6 * 3600.0)
"""This share of the stations has one power cut, log-uniform."""
BROWN_SHARE, BROWN_S, MOST_BROWNS = 0.2, (600.0, 2 * 3600.0), 3
"""This share has a few brown-outs, each a time of sags."""
WAVE_SHARE, WAVE_DAYS = 0.3, (3.0, 8.0)
"""This share has a heat wave or a cold one, where the season has them."""
WEATHER = "weather"
HOT_MONTHS, COLD_MONTHS = range(5, 10), (11, 12, 1, 2, 3)
FIRST_DAY = datetime(2025, 2, 10, tzinfo=UTC).timestamp()
"""Visits lie within the year after this day, in every season."""
FIRST_MINUTE, LAST_MINUTE = 600, 990
"""Visits lie between 10:00 and 16:30."""


def fresh(rng: Random) -> Plan:
    """A station without windows yet."""
    day = FIRST_DAY + rng.randrange(365) * DAY_S - LOCAL_S
    visit = day + 60 * rng.randrange(FIRST_MINUTE, LAST_MINUTE)
    plan = Plan(0, "", float(rng.randint(*DAYS)), visit, round(log_uniform(rng, *VISITS_PER_DAY), 1), ())
    window = (plan.start, visit)
    away = silences(rng, window, log_uniform(rng, *AGENT_AWAY) * AGENTS_PART)
    turns = _mains(rng, window) + _weather(rng, window)
    return Plan(0, "", plan.days, visit, plan.visits_per_day, (), away, tuple(turns))


def open_share(plan: Plan, span: Span) -> float:
    """The share of the window's opening hours that a time takes."""
    return plan.open_s(*span) / plan.open_s(plan.start, plan.visit)


def spell_of(facility: str, how: str, span: Span, size: float | None = None) -> list[Turn]:
    """From then to then; nothing where the simulators know no such thing."""
    if how not in can_befall(facility):
        return []
    return [Turn(span[0], facility, how, size), Turn(span[1], facility, None)]


def _mains(rng: Random, window: Span) -> list[Turn]:
    """One after the other: the mains have one trouble at a time."""
    wanted: list[tuple[str, float]] = []
    if rng.random() < CUT_SHARE:
        wanted.append(("cut", log_uniform(rng, *CUT_S)))
    if rng.random() < BROWN_SHARE:
        wanted += [("brown_out", log_uniform(rng, *BROWN_S)) for _ in range(rng.randint(1, MOST_BROWNS))]
    rng.shuffle(wanted)
    turns: list[Turn] = []
    piece = (window[1] - window[0]) / max(1, len(wanted))
    for place, (how, length) in enumerate(wanted):
        began = window[0] + place * piece + rng.uniform(0, piece - length)
        turns += spell_of(MAINS, how, (began, began + length))
    return turns


def _weather(rng: Random, window: Span) -> list[Turn]:
    if rng.random() >= WAVE_SHARE:
        return []
    length = rng.uniform(*WAVE_DAYS) * DAY_S
    began = rng.uniform(window[0], window[1] - length)
    month = datetime.fromtimestamp(began + LOCAL_S, UTC).month
    how = "heat_wave" if month in HOT_MONTHS else "cold_wave" if month in COLD_MONTHS else ""
    return spell_of(WEATHER, how, (began, began + length), round(rng.random(), 3))
