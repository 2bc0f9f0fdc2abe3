"""What simulated people say, and that a replay puts it into the outbox as the kiosk would."""

from collections import Counter

import pytest

from edge.recording import BadRecording, Event, said
from shared.records import CheckIn, Feedback
from simulators.people import day_start
from simulators.saying import said as spoken

DAY = 20_600


def month(seed: str = "a") -> list[tuple[float, str, str]]:
    return list(spoken(seed, day_start(DAY), day_start(DAY + 30), 60, 4))


def test_a_month_is_the_same_whenever_it_is_told_and_in_whatever_pieces() -> None:
    whole, middle = month(), day_start(DAY + 12) + 40_000
    pieces = [*spoken("a", day_start(DAY), middle, 60, 4), *spoken("a", middle, day_start(DAY + 30), 60, 4)]
    assert whole == pieces
    assert whole == sorted(whole)
    assert whole != month("b")


def test_people_check_in_answer_and_a_child_plays_once_in_a_while() -> None:
    facts = [said(Event(*one)) for one in month()]
    taps = [fact for fact in facts if isinstance(fact, CheckIn)]
    answers = [fact for fact in facts if isinstance(fact, Feedback)]
    assert 700 < len(taps) < 1200
    assert 0 < sum(tap.burst for tap in taps) < 60
    assert 150 < len(answers) < 400
    assert Counter(answer.score for answer in answers).most_common(1)[0][0] == 4
    assert all(answer.tags for answer in answers if answer.score <= 2)


def test_what_says_nothing_is_refused_and_other_events_are_none_of_it() -> None:
    assert said(Event(0, "statement", "fridge-1 no")) is None
    for event, detail in (("feedback", "9"), ("feedback", "good"), ("checkin", "courier"), ("checkin", "a by_air")):
        with pytest.raises(BadRecording):
            said(Event(0, event, detail))
