"""Look, reveal, decide, submit: in this order, by a person, once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.inspections.refusals import REFUSALS, Refusal, Refused
from hub.inspections.workflow import (
    LOOKS,
    REASONS,
    Line,
    Look,
    Reason,
    Step,
    decide,
    look,
    may_submit,
    reveal,
)

AT = datetime(2026, 7, 20, 6, 0, tzinfo=UTC)
FRIDGE = Line(by_hand=False)
TABLES = Line(by_hand=True)
LOOKED = look(FRIDGE, Look.WORKS, AT)
REVEALED = reveal(LOOKED, 10, AT)


def refusal_of(action: object) -> Refusal:
    with pytest.raises(Refused) as caught:
        assert callable(action)
        action()
    return caught.value.refusal


def test_the_steps_follow_each_other() -> None:
    decided = decide(REVEALED, 10, "wang", AT, None, "")
    assert [line.step for line in (FRIDGE, LOOKED, REVEALED, decided)] == [
        Step.OPEN,
        Step.LOOKED,
        Step.REVEALED,
        Step.DECIDED,
    ]
    assert (decided.points, decided.decided_by, decided.overridden) == (10, "wang", False)


def test_no_proposal_before_the_own_look() -> None:
    assert refusal_of(lambda: reveal(FRIDGE, 10, AT)) is Refusal.LOOK_FIRST


def test_no_points_before_look_and_reveal() -> None:
    assert refusal_of(lambda: decide(FRIDGE, 10, "wang", AT, None, "")) is Refusal.LOOK_FIRST
    assert refusal_of(lambda: decide(LOOKED, 10, "wang", AT, None, "")) is Refusal.REVEAL_FIRST


def test_the_own_look_may_change_until_the_proposal_is_shown() -> None:
    assert look(LOOKED, Look.NO, AT).look is Look.NO
    assert refusal_of(lambda: look(REVEALED, Look.NO, AT)) is Refusal.ALREADY_LOOKED


def test_what_was_revealed_stays() -> None:
    assert reveal(REVEALED, 2, AT + timedelta(days=1)) is REVEALED


def test_an_override_needs_its_reason_and_other_needs_words() -> None:
    assert refusal_of(lambda: decide(REVEALED, 6, "wang", AT, None, "")) is Refusal.REASON_MISSING
    assert refusal_of(lambda: decide(REVEALED, 6, "wang", AT, Reason.OTHER, "  ")) is Refusal.NOTE_MISSING
    overridden = decide(REVEALED, 6, "wang", AT, Reason.SEEN_ON_SITE, " 门关不上 ")
    assert overridden.overridden
    assert (overridden.reason, overridden.note) == (Reason.SEEN_ON_SITE, "门关不上")


def test_without_a_proposal_any_value_is_decided_without_a_reason() -> None:
    line = decide(reveal(LOOKED, None, AT), 6, "wang", AT, None, "")
    assert (line.points, line.overridden) == (6, False)


def test_a_confirmation_keeps_no_reason() -> None:
    assert decide(REVEALED, 10, "wang", AT, Reason.OTHER, "").reason is None


def test_lines_by_hand_are_decided_at_once() -> None:
    assert decide(TABLES, 6, "wang", AT, None, "").step is Step.DECIDED
    assert refusal_of(lambda: look(TABLES, Look.WORKS, AT)) is Refusal.NOTHING_TO_REVEAL
    assert refusal_of(lambda: reveal(TABLES, None, AT)) is Refusal.NOTHING_TO_REVEAL


def test_a_form_is_submitted_only_when_every_line_was_decided() -> None:
    done = decide(TABLES, 6, "wang", AT, None, "")
    may_submit([done, decide(REVEALED, 10, "wang", AT, None, "")])
    assert refusal_of(lambda: may_submit([done, LOOKED])) is Refusal.INCOMPLETE
    assert refusal_of(lambda: may_submit([])) is Refusal.INCOMPLETE


def test_a_submitted_form_never_changes() -> None:
    final = replace(REVEALED, submitted=True)
    assert refusal_of(lambda: look(final, Look.NO, AT)) is Refusal.SUBMITTED
    assert refusal_of(lambda: reveal(final, 2, AT)) is Refusal.SUBMITTED
    assert refusal_of(lambda: decide(final, 2, "wang", AT, Reason.REPAIRED, "")) is Refusal.SUBMITTED
    assert refusal_of(lambda: may_submit([final])) is Refusal.SUBMITTED


ACTIONS = st.lists(st.sampled_from(["look", "reveal", "decide"]), max_size=8)


@given(actions=ACTIONS)
def test_in_any_order_of_actions_points_follow_a_reveal_and_a_reveal_follows_a_look(
    actions: list[str],
) -> None:
    line = FRIDGE
    for action in actions:
        try:
            if action == "look":
                line = look(line, Look.PARTLY, AT)
            elif action == "reveal":
                line = reveal(line, 10, AT)
            else:
                line = decide(line, 6, "wang", AT, Reason.SEEN_ON_SITE, "")
        except Refused:
            continue
        assert line.revealed_at is None or line.look is not None
        assert line.points is None or (line.revealed_at is not None and line.decided_by is not None)


def test_every_choice_and_refusal_has_its_words() -> None:
    assert set(LOOKS) == set(Look)
    assert set(REASONS) == set(Reason)
    assert set(REFUSALS) == set(Refusal)
