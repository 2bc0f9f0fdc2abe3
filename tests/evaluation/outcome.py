"""One window judged: what was true beside what was said, and how the fault was found. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.states import Cause, State
from tests.evaluation.plans import Case, Plan
from tests.evaluation.road import Answer, Said
from tests.evaluation.truth import Minutes, Truth, banded

BAD = (State.DEGRADED.value, State.DOWN.value)
NEAR_S = 3600.0
"""A spell that begins or ends within this of a truly bad minute is no false alarm: delays and recoveries."""
SHORT_S = 3600.0
"""A fault that was physically true for less than this is not counted as missed."""


@dataclass(frozen=True, slots=True)
class Found:
    """How a fault came to be said."""

    rule: str
    cause: str
    delay_min: float
    """From the first minute it was physically true to its confirmation; negative where it was said before."""


@dataclass(frozen=True, slots=True)
class Window:
    """One facility over one window."""

    plan: Plan
    case: Case
    truth: Truth
    answer: Answer
    bad_since: float | None
    """The first physically bad minute of its fault; None: there was none."""
    bad_minutes: int
    """Physically bad minutes of its fault, day and night."""
    found: Found | None
    false_alarms: tuple[Said, ...]
    """Spells of degraded or down while nothing was wrong."""

    @property
    def decided(self) -> bool:
        """There is a proposal."""
        return self.answer.points is not None

    @property
    def how(self) -> str:
        """The fault's name; empty: healthy."""
        return "" if self.case.fault is None else self.case.fault.how

    @property
    def sensor_only(self) -> bool:
        """Only the sensor was wrong."""
        return self.case.fault is not None and self.case.fault.effect == "none"

    @property
    def findable(self) -> bool:
        """Something was wrong for long enough that silence about it is a miss."""
        if self.sensor_only:
            return (self.case.until or self.plan.visit) - self.case.onset >= SHORT_S
        return self.case.fault is not None and self.bad_minutes * 60 >= SHORT_S


def outcome(plan: Plan, case: Case, minutes: Minutes, answer: Answer) -> Window:
    """Hold what was said against what was true."""
    truth = banded(minutes, plan.start, plan.visit)
    since, count = None, 0
    if case.fault is not None and case.fault.effect != "none":
        since = minutes.first_bad(case.onset)
        count = minutes.bad_count(case.onset)
    wrong_from = case.onset if case.fault is not None and case.fault.effect == "none" else since
    return Window(
        plan, case, truth, answer, since, count, _found(case, answer.spells, wrong_from),
        tuple(spell for spell in answer.spells if _false(spell, minutes, plan)),
    )  # fmt: skip


def _found(case: Case, spells: Sequence[Said], wrong_from: float | None) -> Found | None:
    """The first spell that says so, confirmed after the fault began."""
    if case.fault is None or wrong_from is None:
        return None
    for spell in spells:
        if spell.confirmed >= case.onset and _says_so(spell, case.fault.cause):
            return Found(spell.rule, spell.cause, (spell.confirmed - wrong_from) / 60)
    return None


def _says_so(spell: Said, cause: Cause) -> bool:
    if cause is Cause.SENSOR_FAULT:
        # Silent devices are sensor faults too; the rules of validation about values are SV3 to SV10.
        return spell.cause == cause.value and spell.rule not in ("SV1", "SV2")
    return spell.state in BAD


def _false(spell: Said, minutes: Minutes, plan: Plan) -> bool:
    until = plan.visit if spell.until is None else spell.until
    return spell.state in BAD and minutes.all_well(spell.since - NEAR_S, until + NEAR_S)
