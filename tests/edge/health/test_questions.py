"""Doubts before a rule is sure, questions to people, and what answers do (health.md AC6), on rules over a number."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.health.doubts import Doubts
from edge.health.judge import FacilitySettings, Judge
from edge.health.latches import Latches
from edge.health.limits import Limits, option
from edge.health.rule import Ask, Rule, RuleSet
from edge.health.sight import Sight
from edge.health.station import Station
from edge.health.verdict import Asked, Settled
from edge.health.watch import Watch
from edge.sampling import Sample
from shared.states import Cause, Grade, State
from shared.text import Text
from tests.edge.play import START

POWER = frozenset({"power"})
ASK = Ask(Text("关着还是坏了？", "Off or broken?"), Text("关着", "Off"), Text("坏了", "Broken"), "due")


@dataclass(frozen=True, slots=True)
class Delays(Limits):
    sure: float = option(60.0, "min", "test")
    doubt: float = option(10.0, "min", "test")
    due: float = option(30.0, "min", "test")


@dataclass(slots=True)
class Sense:
    """A thing that works at 100 W, is wrong above 200 W and says nothing below 10 W."""

    power: float = 0.0
    moves: int = 0
    must_move: bool = False
    still_s: float = 0.0

    def step(self, at: float, seen: Any, limits: Delays, station: Station) -> None:  # noqa: ARG002
        self.power = seen.get("power", self.power)

    def hole(self, quantity: str) -> None:
        pass

    def proved(self, mode: Any, at: float) -> None:
        pass


def _rule(name: str, state: State, low: float, high: float, **more: Any) -> Rule[Sense, Delays]:
    return Rule(
        name, 1, state, Cause.UNKNOWN if state is State.UNKNOWN else Cause.DEVICE_FAULT, Grade.E2, POWER,
        enter=lambda sense, _limits: low <= sense.power < high,
        leave=lambda sense, _limits: not low <= sense.power < high,
        why=lambda _sense, _limits: Text("原因", "why"), values=lambda sense, _limits: {"power": sense.power}, **more,
    )  # fmt: skip


RULES: RuleSet[Sense, Delays] = RuleSet(
    sense=Sense,
    limits=Delays,
    reads=POWER,
    rules=(
        _rule("T1", State.DOWN, 200, 1e9, on_delay="sure", doubt_after="doubt"),
        _rule("T2", State.UNKNOWN, 0, 10, on_delay="sure", asks=ASK),
    ),
    proofs=(),
    grade=lambda _sense, _limits: Grade.E2,
    evidence=lambda _sense, _limits: Text("", ""),
    busy=lambda _sense, _limits: False,
    spikes={},
)


class Story:
    """One facility under those rules, minute by minute."""

    def __init__(self) -> None:
        self.now = START
        self.watch = self._new()
        self.watch.listen(START)
        self.said: list[Any] = []

    def _new(self) -> Watch:
        return Watch("fridge-1", RULES, POWER, POWER, {}, Station())

    def run(self, minutes: int, power: float) -> "Story":
        for _ in range(minutes * 2):
            self.watch.hear(self.now, "power", power, 1)
            self.watch.pass_time(self.now + 1)
            self.now += 30
        self.said += self.watch.happened
        self.watch.happened = []
        return self

    def restart(self) -> "Story":
        kept = self.watch.written()
        self.watch = self._new()
        self.watch.remember(kept)
        return self

    def answer(self, answer: str, minutes_ago: float = 0.0) -> "Story":
        self.watch.state(answer, self.now - 60 * minutes_ago, self.now)
        return self

    @property
    def stands(self) -> tuple[str | None, ...]:
        standing = self.watch.standing()
        return standing.state.value, standing.rule

    def heard(self, what: type) -> list[Any]:
        self.said += self.watch.happened
        self.watch.happened = []
        return [one for one in self.said if isinstance(one, what)]


def test_a_rule_that_is_not_yet_sure_lets_nothing_pass_as_ok() -> None:
    story = Story().run(30, 100).run(9, 300)
    assert story.stands[0] == "ok"
    story.run(2, 300)
    assert story.stands == ("unknown", "T1")
    assert story.watch.standing().since == START + 30 * 60, "from the first symptom on"
    assert "尚未确认" in story.watch.standing().why.zh
    story.run(60, 300)
    assert story.stands == ("down", "T1")
    assert story.watch.standing().since == START + 30 * 60


def test_a_doubt_that_passes_is_ok_again() -> None:
    story = Story().run(30, 100).run(30, 300).run(1, 100)
    assert story.stands[0] == "ok"


def test_a_restart_keeps_a_doubt() -> None:
    story = Story().run(30, 100).run(30, 300).restart()
    assert story.stands == ("unknown", "T1")
    assert story.run(31, 300).stands == ("down", "T1")


def test_a_question_is_put_once_and_closed_when_the_doubt_passes() -> None:
    story = Story().run(30, 100).run(90, 1).restart().run(30, 1)
    (asked,) = story.heard(Asked)
    assert (asked.rule, asked.due - asked.at) == ("T2", 1800)
    assert [choice.id for choice in asked.ask.choices] == ["yes", "no", "unsure"]
    assert not story.heard(Settled)
    story.run(1, 100)
    assert [settled.rule for settled in story.heard(Settled)] == ["T2"]


def test_no_makes_it_down_from_the_first_symptom_until_it_works() -> None:
    story = Story().run(30, 100).run(90, 1).answer("no")
    assert story.stands == ("down", "T2")
    standing = story.watch.standing()
    assert (standing.since, standing.grade, standing.cause) == (START + 1800, Grade.E1, Cause.DEVICE_FAULT)
    assert story.heard(Settled)
    assert story.restart().run(60, 1).stands == ("down", "T2")
    assert story.run(1, 100).stands[0] == "ok"
    assert story.run(90, 1).stands == ("unknown", "T2"), "what was said of an earlier doubt does not answer this one"


@pytest.mark.parametrize("answer", ["yes", "unsure", "what?"])
def test_no_other_answer_changes_what_is_known(answer: str) -> None:
    story = Story().run(30, 100).run(90, 1).answer(answer)
    assert story.stands == ("unknown", "T2")
    assert bool(story.heard(Settled)) is (answer == "yes")


def test_a_no_said_before_the_question_counts_if_the_doubt_had_begun() -> None:
    story = Story().run(30, 100).run(40, 1).answer("no").run(50, 1)
    assert story.stands == ("down", "T2")
    assert not story.heard(Asked), "it is answered already"


def test_a_no_said_while_it_worked_proves_nothing() -> None:
    story = Story().run(30, 100).answer("no").run(1, 100).run(90, 1)
    assert story.stands == ("unknown", "T2")


def test_a_later_yes_does_not_take_a_no_back() -> None:
    story = Story().run(30, 100).run(90, 1).answer("no").run(1, 1).answer("yes")
    assert story.stands == ("down", "T2"), "only the thing itself shows that it works again"


def test_another_unit_forgets_the_fault_of_the_old_one() -> None:
    story = Story().run(30, 100).run(90, 300)
    assert story.stands == ("down", "T1")
    story.watch.renew(story.now)
    assert story.stands[0] != "down"
    assert story.run(61, 300).stands == ("down", "T1")


@given(st.lists(st.tuples(st.sampled_from([1.0, 100.0, 300.0]), st.integers(1, 80)), max_size=8), st.data())
def test_a_restart_anywhere_changes_nothing(pieces: list[tuple[float, int]], data: st.DataObject) -> None:
    straight, cut = Story(), Story()
    for power, minutes in pieces:
        straight.run(minutes, power)
        first = data.draw(st.integers(0, minutes))
        cut.run(first, power).restart().run(minutes - first, power)
    assert straight.stands == cut.stands
    assert straight.watch.written() == cut.watch.written()


def test_what_was_said_is_bounded() -> None:
    doubts = Doubts("fridge-1")
    latches = Latches(RULES.rules, Delays(), Sight(RULES, Delays(), POWER, POWER))
    for second in range(1000):
        doubts.hear("yes", float(second))
        doubts.update(latches, Delays(), float(second))
    assert doubts.written() == {"open": [], "said": "yes", "said_at": 999.0}


def test_the_judge_hears_people_only_of_what_is_judged() -> None:
    judge = Judge([FacilitySettings("room-1", "room", {}, frozenset({"room_temperature"}))])
    judge.hear(Sample(START, "room-1", "room_temperature", 20.0, 1))
    judge.state("room-1", "no", START, START)
    judge.state("fridge-9", "no", START, START)
    judge.renew("fridge-9", START)
    assert judge.take() == []
