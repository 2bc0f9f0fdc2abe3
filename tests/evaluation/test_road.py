"""The road from a story to a proposal, with nothing replaced, on eight days of one fridge."""

from dataclasses import replace
from pathlib import Path

from simulators.scenario import Story, Turn, load, story
from tests.evaluation.catalogue import DAY_S
from tests.evaluation.plans import Span
from tests.evaluation.road import Answer, travel

VISIT = 1_752_552_000.0
"""Noon of 15 July 2025 in Shanghai."""
FIRST = VISIT - 8 * DAY_S


def fridge(*turns: Turn) -> Story:
    scenario = load("healthy")
    kept = tuple(facility for facility in scenario.facilities if facility.id in ("fridge-1", "room-1"))
    return story(replace(scenario, facilities=kept, happenings=()), VISIT, "road", turns)


def ask(room: Path, told: Story, *silences: Span) -> Answer:
    shares: list[float] = []
    answer = travel(told, FIRST, VISIT, {"fridge-1": silences}, room, shares.append)["fridge-1"]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    return answer


def test_a_healthy_fridge_is_proposed_ten(tmp_path: Path) -> None:
    answer = ask(tmp_path, fridge())
    assert (answer.points, answer.rule, answer.confidence) == (10, "R11", "high")
    assert answer.coverage > 99


def test_one_that_died_yesterday_is_proposed_two(tmp_path: Path) -> None:
    died = VISIT - DAY_S
    answer = ask(tmp_path, fridge(Turn(died, "fridge-1", "dead")))
    assert answer.points == 2
    faults = [spell for spell in answer.spells if spell.state == "down"]
    assert faults[-1].until is None
    assert died <= faults[-1].since < faults[-1].confirmed < died + 5 * 3600


def test_what_was_not_heard_is_not_covered(tmp_path: Path) -> None:
    answer = ask(tmp_path, fridge(), (FIRST + 2 * DAY_S, FIRST + 6 * DAY_S))
    assert 45 < answer.coverage < 55
    assert (answer.points, answer.rule) == (None, "R6")
