"""What is told, when, and in which words: the decisions by themselves."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.alerts.events import What
from hub.duty.week import Roster, Shift
from hub.notices.bundling import MOST, WITHIN, Bundle, Rest, Waiting, next_bundle
from hub.notices.deciding import Told, Way, decide
from hub.notices.kinds import Wait
from hub.notices.timing import BACKOFF, Manner, after_quiet, again_after, when_due
from hub.notices.wording import Said, message, trial
from shared.text import Text

NOON = datetime(2026, 3, 11, 4, 0, tzinfo=UTC)
"""12:00 in Shanghai."""
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
OFTEN = Manner(None, None, False)
ROUND = [Shift(level, day, 0, 0, level) for level in (1, 2, 3) for day in range(7)]
SAID = Said(
    alert=12, what=What.OPENED, severity="high", station=Text("河边驿站", "Riverside"), address="中山路 1 号",
    facility=Text("冰箱", "Fridge"), cause="device_fault", why=Text("箱内 13.4 ℃", "13.4 ℃ inside"),
    since=NOON - HOUR, at=NOON, words=Text("x", "y"), bring=Text("温度计", "Thermometer"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("hours", "until"),
    [(0, 0), (9.9, 9.9), (10, 19), (12, 19), (18.9, 19), (19, 19), (19.1, 19.1)],
)
def test_quiet_hours_end(hours: float, until: float) -> None:
    assert after_quiet(NOON + hours * HOUR, Manner()) == NOON + until * HOUR


def test_quiet_hours_by_day_for_who_works_at_night() -> None:
    sleeps = Manner(9 * 60, 17 * 60)
    assert after_quiet(NOON, sleeps) == NOON + 5 * HOUR
    assert after_quiet(NOON + 6 * HOUR, sleeps) == NOON + 6 * HOUR


def test_digests_twice_a_day_and_never_in_quiet_hours() -> None:
    assert when_due("normal", False, NOON, Manner()) == (NOON + 4.5 * HOUR, Wait.DIGEST)
    assert when_due("normal", False, NOON + 5 * HOUR, Manner()) == (NOON + 20.5 * HOUR, Wait.DIGEST)
    assert when_due("normal", False, NOON, Manner(16 * 60, 18 * 60)) == (NOON + 6 * HOUR, Wait.DIGEST)
    assert when_due("normal", True, NOON, Manner()) == (NOON, None)
    assert when_due("high", False, NOON + 11 * HOUR, Manner()) == (NOON + 19 * HOUR, Wait.QUIET)


@given(st.integers(0, 1439), st.integers(0, 1439), st.booleans(), st.integers(0, 2880), st.booleans())
def test_safety_waits_for_nothing_and_nothing_goes_in_quiet_hours(start, end, digest, minutes, urgent) -> None:
    at, manner = NOON + minutes * MINUTE, Manner(start, end, digest)
    assert when_due("safety", urgent, at, manner) == (at, None)
    for severity in ("high", "normal"):
        due, wait = when_due(severity, urgent, at, manner)
        assert due >= at
        assert due - at <= timedelta(hours=48)
        assert (wait is None) == (due == at)
        assert after_quiet(due, manner) == due


def test_patience_grows_is_bounded_and_ends() -> None:
    waits = [again_after(number, None, False) for number in range(1, len(BACKOFF) + 2)]
    assert waits == [*BACKOFF, None]
    assert again_after(1, timedelta(minutes=1), False) == timedelta(minutes=1)
    assert again_after(1, timedelta(days=1), False) == timedelta(minutes=15)
    assert again_after(1, None, True) is None


WAYS = [Way(number, number, "normal", OFTEN) for number in (1, 2, 3)] + [Way(9, None, "normal", OFTEN, roster=1)]
LOUD = st.sampled_from([What.OPENED, What.RAISED, What.REOPENED, What.RELEASED])


@given(LOUD, st.booleans(), st.integers(0, 10_000))
def test_safety_reaches_everybody_on_duty_at_once_whatever_holds_it(what, held, minutes) -> None:
    roster, at = Roster(1, ROUND), NOON + minutes * MINUTE
    ways = [Way(one.id, one.user, "safety", Manner(), roster=one.roster) for one in WAYS]
    found = decide(Told(what, "safety", at, held), roster, ways)
    assert {(one.road, one.at, one.wait) for one in found} == {(number, at, None) for number in (1, 2, 3, 9)}


@given(st.sampled_from(list(What)), st.sampled_from(["high", "normal"]))
def test_what_is_held_is_told_to_nobody(what, severity) -> None:
    told = [Way(one.id, one.user, "normal", OFTEN, True, told=True) for one in WAYS]
    assert decide(Told(what, severity, NOON, True, assigned=1), Roster(1, ROUND), told) == []


def test_a_road_for_the_worst_hears_of_nothing_else() -> None:
    ways = [Way(1, 1, "high", OFTEN), Way(2, 1, "safety", OFTEN), Way(3, 1, "normal", OFTEN)]
    roster = Roster(1, ROUND)
    assert [one.road for one in decide(Told(What.OPENED, "normal", NOON, False), roster, ways)] == [3]
    assert [one.road for one in decide(Told(What.OPENED, "high", NOON, False), roster, ways)] == [1, 3]


def test_what_somebody_has_in_hand_is_not_news_because_the_station_opens() -> None:
    raised = Told(What.RAISED, "high", NOON, False, taken=True)
    assert decide(raised, Roster(1, ROUND), WAYS) == []


DUE = st.lists(
    st.tuples(st.sampled_from(["high", "normal"]), st.sampled_from(["", "digest", "quiet"])), min_size=1, max_size=60
)


@given(DUE, st.integers(0, MOST + 1))
def test_never_more_than_eleven_messages_in_ten_minutes_and_nothing_is_left_behind(rows, before) -> None:
    due = [Waiting(number, severity, held) for number, (severity, held) in enumerate(rows)]
    sent = [NOON - MINUTE * 5 + timedelta(seconds=number) for number in range(before)]
    gone: list[int] = []
    now = NOON
    while due:
        bundle = next_bundle(due, sent, now)
        if isinstance(bundle, Rest):
            assert now < bundle.until <= now + WITHIN
            now = bundle.until
            continue
        assert isinstance(bundle, Bundle)
        gone += bundle.ids
        due = [one for one in due if one.id not in bundle.ids]
        sent.append(now)
        assert sum(at > now - WITHIN for at in sent) <= MOST + 1
    assert sorted(gone) == list(range(len(rows)))


def test_safety_goes_first_alone_and_is_not_counted() -> None:
    due = [Waiting(1, "high", ""), Waiting(2, "safety", "")]
    assert next_bundle(due, [NOON] * 50, NOON) == Bundle((2,))


def test_what_failed_together_is_tried_together_under_its_key() -> None:
    due = [Waiting(1, "normal", "digest", "k"), Waiting(2, "normal", "digest", "k"), Waiting(3, "normal", "digest")]
    assert next_bundle(due, [], NOON) == Bundle((1, 2), "k")


def test_the_words_of_one() -> None:
    words = message([SAID], "k", "zh", "https://hub.example/")
    assert words.title == "【紧急·报警】河边驿站 · 冰箱"
    assert words.body.splitlines() == [
        "设备故障：箱内 13.4 ℃", "3月11日 11:00 起", "地址：中山路 1 号", "带上：温度计", "https://hub.example/alerts/12",
    ]  # fmt: skip
    english = message([SAID], "k", "en", "")
    assert english.title == "[Urgent: Opened] Riverside · Fridge"
    assert english.body.splitlines()[:2] == ["Device fault: 13.4 ℃ inside", "Since 11 Mar 11:00"]
    assert "alerts/" not in english.body


def test_the_words_of_many_and_of_a_test() -> None:
    many = message([SAID] * 20, "k", "zh", "https://hub.example")
    assert many.title == "【驿站】20 条通知"
    assert many.body.splitlines()[-2:] == ["还有 12 条", "https://hub.example/alerts"]
    assert len(many.text.encode()) < 2048
    assert message([SAID] * 2, "k", "en", "").title == "[Waystation] 2 notices"
    assert "没有故障" in trial("群", "k", "zh").body
    assert "Nothing is broken" in trial("group", "k", "en").body
