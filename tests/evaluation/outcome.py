"""One window judged: what was true beside what was said, and how the fault was found and let go. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.states import Cause, State
from tests.evaluation.heard import heard_share
from tests.evaluation.plans import Case, Plan
from tests.evaluation.reasons import reason_holds
from tests.evaluation.road import Answer, Said
from tests.evaluation.stated import chargeable_min
from tests.evaluation.truth import MINUTE_S, Minutes, Truth, banded

BAD = (State.DEGRADED.value, State.DOWN.value)
SILENCE = "SV1"
"""It says that nothing is heard, not that something is wrong with what is."""
NEAR_S = 3600.0
"""A spell that begins or ends within this of a truly bad minute is no false alarm: delays and recoveries."""
SHORT_S = 3600.0
"""A fault that was physically true for less than this is not counted as missed."""


@dataclass(frozen=True, slots=True)
class Found:
    """How a fault came to be said. Times in minutes."""

    rule: str
    state: str
    cause: str
    delay: float
    """From the first minute it was physically true to its confirmation; negative where it was said before."""
    charged: float
    """The same without what no rule can help: silence, closed hours, uses that did not come (`stated.py`)."""
    cleared: float | None
    """From the first minute it was well again to the end of the last spell about it. None: it was not repaired, or
    nothing was said at that moment."""


@dataclass(frozen=True, slots=True)
class Window:
    """One facility over one window."""

    plan: Plan
    case: Case
    truth: Truth
    answer: Answer
    heard: float
    """The share of the opening hours in which its devices were heard, by plan."""
    bad_since: float | None
    """The first physically bad minute of its fault; None: there was none."""
    bad_minutes: int
    """Physically bad minutes of its fault, day and night."""
    found: Found | None
    doubted: str
    """The rule of the first doubt about it; empty: there was none."""
    false_alarms: tuple[Said, ...]
    """Spells of degraded or down while nothing was wrong."""
    none_true: bool
    """Whether the reason of a missing proposal is physically so; true where there is a proposal."""

    @property
    def decided(self) -> bool:
        """There is a proposal."""
        return self.answer.points is not None

    @property
    def right(self) -> bool:
        """The proposal is the truth."""
        return self.answer.points == self.truth.points

    @property
    def healthy(self) -> bool:
        """Nothing was broken."""
        return not self.case.troubles

    @property
    def sensor_only(self) -> bool:
        """Only the sensor was wrong."""
        return self.case.trouble is not None and self.case.trouble.fault.of_sensor

    @property
    def findable(self) -> bool:
        """Something was wrong for long enough that silence about it is a miss."""
        trouble = self.case.trouble
        if trouble is None:
            return False
        if self.sensor_only:
            return (trouble.until or self.plan.visit) - trouble.onset >= SHORT_S
        return self.bad_minutes * MINUTE_S >= SHORT_S


def outcome(plan: Plan, case: Case, minutes: Minutes, answer: Answer) -> Window:
    """Hold what was said against what was true."""
    trouble = case.trouble
    since, count = None, 0
    if trouble is not None and not trouble.fault.of_sensor:
        since = minutes.first_bad(trouble.onset)
        count = minutes.bad_count(trouble.onset)
    wrong_from = trouble.onset if trouble is not None and trouble.fault.of_sensor else since
    truth = banded(minutes, plan)
    share = heard_share(plan, case)
    return Window(
        plan,
        case,
        truth,
        answer,
        share,
        since,
        count,
        None if wrong_from is None else _found(plan, case, minutes, answer.spells, wrong_from),
        _doubted(case, answer.spells),
        tuple(spell for spell in answer.spells if _false(spell, minutes, plan)),
        answer.points is not None or reason_holds(answer.rule, plan, case, minutes, share),
    )


def _found(plan: Plan, case: Case, minutes: Minutes, spells: Sequence[Said], wrong_from: float) -> Found | None:
    """The first spell that says so, confirmed after the fault began."""
    trouble = case.trouble
    assert trouble is not None
    for spell in spells:
        if spell.confirmed >= trouble.onset and _says_so(spell, trouble.fault.cause):
            charged = chargeable_min(plan, case, minutes, wrong_from, spell)
            cleared = _cleared(case, minutes, spells, wrong_from)
            delay = (spell.confirmed - wrong_from) / 60
            return Found(spell.rule, spell.state, spell.cause, delay, charged, cleared)
    return None


def _says_so(spell: Said, cause: Cause) -> bool:
    if cause is Cause.SENSOR_FAULT:
        return spell.cause == cause.value and spell.rule != SILENCE
    return spell.state in BAD


def _cleared(case: Case, minutes: Minutes, spells: Sequence[Said], wrong_from: float) -> float | None:
    """Only of a facility that broke once."""
    trouble = case.trouble
    if trouble is None or trouble.until is None or len(case.troubles) > 1:
        return None
    well = trouble.until if trouble.fault.of_sensor else minutes.well_again(max(trouble.until, wrong_from))
    if well is None:
        return None
    held = [one for one in spells if _says_so(one, trouble.fault.cause) and one.since <= well < (one.until or well + 1)]
    ends = [one.until for one in held if one.until is not None]
    return (max(ends) - well) / 60 if ends else None


def _doubted(case: Case, spells: Sequence[Said]) -> str:
    trouble = case.trouble
    if trouble is None:
        return ""
    doubts = (
        spell.rule
        for spell in spells
        if spell.state == State.UNKNOWN and spell.confirmed >= trouble.onset and spell.rule != SILENCE
    )
    return next((rule for rule in doubts if rule), "")


def _false(spell: Said, minutes: Minutes, plan: Plan) -> bool:
    until = plan.visit if spell.until is None else spell.until
    return spell.state in BAD and minutes.all_well(spell.since - NEAR_S, until + NEAR_S)
