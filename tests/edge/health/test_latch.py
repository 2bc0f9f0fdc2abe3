"""On-delay, off-delay, pauses, holes and back-dating, on a rule over one number."""

from dataclasses import dataclass

import pytest

from edge.health.latch import Latch
from edge.health.limits import Limits, option
from edge.health.rule import Rule
from shared.states import Cause, Grade, State
from shared.text import Text


@dataclass(frozen=True, slots=True)
class Delays(Limits):
    on: float = option(60.0, "s", "test")
    off: float = option(30.0, "s", "test")


@dataclass(slots=True)
class Sense:
    hot: bool | None = False
    paused: bool = False


RULE: Rule[Sense, Delays] = Rule(
    "X1",
    1,
    State.DOWN,
    Cause.DEVICE_FAULT,
    Grade.E2,
    frozenset(),
    enter=lambda sense, _limits: sense.hot,
    leave=lambda sense, _limits: None if sense.hot is None else not sense.hot,
    on_delay="on",
    off_delay="off",
    paused=lambda sense, _limits: sense.paused,
    why=lambda _sense, _limits: Text("", ""),
    values=lambda _sense, _limits: {},
)


def fed(latch: Latch, text: str, start: float = 0.0, step: float = 10.0) -> list[tuple[float, bool]]:
    """Feed h(ot), c(old), ?(cannot tell), p(aused and hot); `-` is a hole of one step. When it flipped, and to what."""
    flips = []
    was_hole = False
    for index, letter in enumerate(text):
        at = start + index * step
        if letter == "-":
            if not was_hole:
                latch.interrupt(at - step)
            was_hole = True
            continue
        if was_hole:
            latch.resume(at)
            was_hole = False
        sense = Sense({"h": True, "p": True, "c": False, "?": None}[letter], letter == "p")
        if latch.tick(at, sense):
            flips.append((at, latch.memory.active))
    return flips


@pytest.mark.parametrize(
    ("text", "flips", "since"),
    [
        ("chhhhhhhh", [(70.0, True)], 10.0),
        ("chhhhhc", [], None),
        ("chhhchhhhhhhh", [(110.0, True)], 50.0),
        ("ch??hhhhhh", [(90.0, True)], 10.0),
        ("chpppphhhhhhh", [(110.0, True)], 10.0),
        ("pppppppppp", [], None),
        ("chhhhhhhhcchcccccc", [(70.0, True), (150.0, False)], None),
        ("chhhhhhhh??????", [(70.0, True)], 10.0),
    ],
)
def test_delays_and_the_first_symptom(text: str, flips: list[tuple[float, bool]], since: float | None) -> None:
    latch = Latch(RULE, Delays(), 0)
    assert fed(latch, text) == flips
    if since is not None:
        assert latch.memory.since == since


def test_a_hole_is_no_evidence_and_no_part_of_the_fault() -> None:
    latch = Latch(RULE, Delays(), 0)
    assert fed(latch, "chhhh---hhhhhh") == [(110.0, True)]
    assert latch.memory.since == 80.0
    assert latch.memory.pieces == [[10.0, 40.0]]


def test_after_a_long_hole_evidence_starts_again() -> None:
    latch = Latch(RULE, Delays(), 0)
    assert fed(latch, "chhhh" + "-" * 100 + "hhhhhh") == []
    assert latch.memory.pieces == []


def test_a_fault_holds_over_a_hole_until_seen_to_be_over() -> None:
    latch = Latch(RULE, Delays(), 0)
    assert fed(latch, "hhhhhhhc-cc?ccc") == [(60.0, True), (130.0, False)]
