"""What was said just now, and what that means for the next thing."""

from kiosk.lately import Lately
from shared.records import CheckIn, FaultReport, Feedback, Retraction

A, B = "0190a000-0000-7000-8000-00000000000a", "0190a000-0000-7000-8000-00000000000b"
FACE, TAP = Feedback(score=1), CheckIn(occupation="courier")
FAULT, DANGER = (FaultReport(subject="fridge-1", problem="danger", danger=danger) for danger in (False, True))


def test_a_second_face_within_five_seconds_takes_the_place_of_the_first() -> None:
    lately = Lately()
    lately.note(FACE, A, 100)
    assert lately.as_said(FACE, 104.9) == (Retraction(of=A), FACE)
    assert lately.as_said(FACE, 105) == (FACE,)


def test_the_one_that_took_its_place_can_be_replaced_too_and_nothing_twice() -> None:
    lately = Lately()
    lately.note(FACE, A, 100)
    lately.note(FACE, B, 104)
    assert lately.as_said(FACE, 108) == (Retraction(of=B), FACE)


def test_a_face_that_was_taken_back_is_not_taken_back_again() -> None:
    lately = Lately()
    lately.note(FACE, A, 100)
    lately.note(Retraction(of=A), B, 101)
    assert lately.as_said(FACE, 102) == (FACE,)


def test_the_fifth_face_in_a_minute_is_marked() -> None:
    lately = Lately()
    for second in range(0, 40, 10):
        assert lately.as_said(FACE, second) == (FACE,)
        lately.note(FACE, A, second)
    assert lately.as_said(FACE, 40) == (FACE.model_copy(update={"burst": True}),)
    assert lately.as_said(FACE, 61) == (FACE,)


def test_the_next_of_its_sort_waits_three_seconds_but_another_sort_and_danger_do_not() -> None:
    lately = Lately()
    lately.note(TAP, A, 100)
    lately.note(FAULT, B, 100)
    assert [lately.pause_s(fact, 100.5) for fact in (TAP, FACE, FAULT, DANGER)] == [3, 0, 3, 0]
    assert lately.pause_s(TAP, 103) == 0


def test_whoever_took_something_back_may_say_at_once_what_was_meant() -> None:
    lately = Lately()
    lately.note(TAP, A, 100)
    lately.note(Retraction(of=A), B, 101)
    assert lately.pause_s(TAP, 101) == 0


def test_cards_are_somebody_elses_each_and_never_wait() -> None:
    lately = Lately()
    card = CheckIn(occupation="unsaid", method="card", visitor="0" * 32)
    lately.note(card, A, 100)
    assert lately.pause_s(TAP, 100) == 0
    assert not lately.check_in("courier", 100).burst
