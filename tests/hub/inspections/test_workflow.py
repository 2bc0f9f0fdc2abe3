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
    correct,
    decide,
    lacks_evidence,
    look,
    may_review,
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


BLIND = replace(LOOKED, blind=True)


def test_a_blind_line_is_decided_without_a_reveal_and_is_no_override() -> None:
    assert refusal_of(lambda: reveal(BLIND, 10, AT)) is Refusal.BLIND
    assert refusal_of(lambda: decide(replace(FRIDGE, blind=True), 6, "wang", AT, None, "")) is Refusal.LOOK_FIRST
    decided = decide(replace(BLIND, proposed=10), 6, "wang", AT, None, "")
    assert (decided.step, decided.overridden, decided.differs) == (Step.DECIDED, False, False)
    shown = replace(decided, revealed_at=AT)
    assert (shown.overridden, shown.differs) == (False, True)


@pytest.mark.parametrize(
    ("proposed", "points", "photos", "note", "lacks"),
    [
        (10, 10, 0, "", False),
        (10, 6, 0, "", False),
        (10, 2, 0, "坏", True),
        (10, 2, 1, "", True),
        (10, 2, 1, "坏", False),
        (2, 6, 1, "", True),
        (2, 6, 1, "修好", False),
        (None, 10, 0, "", False),
        (None, 2, 0, "", True),
    ],
)
def test_the_lowest_points_and_more_than_proposed_need_photo_and_note(
    proposed: int | None, points: int, photos: int, note: str, lacks: bool
) -> None:
    line = decide(reveal(LOOKED, proposed, AT), points, "wang", AT, Reason.REPAIRED, note)
    assert lacks_evidence(line, 2, photos) is lacks


def test_only_lines_by_hand_may_be_skipped_and_only_where_the_form_allows_it() -> None:
    assert refusal_of(lambda: decide(TABLES, None, "wang", AT, None, "")) is Refusal.APPLICABLE
    assert refusal_of(lambda: decide(REVEALED, None, "wang", AT, None, "", may_skip=True)) is Refusal.APPLICABLE
    skipped = decide(TABLES, None, "wang", AT, None, "", may_skip=True)
    assert (skipped.step, skipped.points, lacks_evidence(skipped, 2, 0)) == (Step.DECIDED, None, False)
    may_submit([skipped])


def test_a_closed_form_is_corrected_and_an_open_one_is_not() -> None:
    final = replace(decide(REVEALED, 10, "wang", AT, None, ""), submitted=True)
    assert refusal_of(lambda: correct(replace(final, submitted=False), 6, "li", AT, None, "")) is Refusal.NOT_SUBMITTED
    assert refusal_of(lambda: correct(final, 10, "li", AT, None, "")) is Refusal.NOTHING_CHANGED
    assert refusal_of(lambda: correct(final, 6, "li", AT, None, "")) is Refusal.REASON_MISSING
    assert correct(final, 6, "li", AT, Reason.SENSOR_WRONG, "").decided_by == "li"


def test_nobody_reviews_their_own_work() -> None:
    may_review(True, False, "li", {"wang"})
    assert refusal_of(lambda: may_review(True, False, "wang", {"wang"})) is Refusal.OWN_WORK
    assert refusal_of(lambda: may_review(False, False, "li", {"wang"})) is Refusal.NOT_SUBMITTED
    assert refusal_of(lambda: may_review(True, True, "li", {"wang"})) is Refusal.SUBMITTED
