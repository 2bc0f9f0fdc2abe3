"""From what holds to what a maintainer must act on, by examples."""

from datetime import timedelta

import pytest

from hub.alerts.reaction import (
    Close,
    Fault,
    Known,
    Open,
    Quiet,
    Resolve,
    Return,
    Update,
    is_news,
    react,
    react_to_cut,
    react_to_silence,
)
from hub.telemetry.silence import Silence
from shared.states import State
from shared.text import Text
from tests.hub.said import NOW

CLEARED = Text("恢复正常", "It works again")


def fault(
    state: State = State.DOWN, cause: str = "device_fault", spell: str = "s1", rule: str = "FR2", hours_ago: float = 1
) -> Fault:
    since = NOW - timedelta(hours=hours_ago)
    return Fault(state, cause, since, since + timedelta(minutes=5), rule, Text("温", "warm"), spell)


def known(fault: Fault, base: str = "high", **more: bool) -> Known:
    return Known(7, fault.cause, base, fault.spell, fault.why, fault.since, fault.state, **more)


@pytest.mark.parametrize(
    ("state", "rule", "severity"),
    [
        (State.DOWN, "FR2", "high"),
        (State.DEGRADED, "FR1", "normal"),
        (State.DOWN, "WD3", "safety"),
        (State.DOWN, "WD3B", "safety"),
        (State.DEGRADED, "OUT4", "safety"),
    ],
)
def test_a_fault_opens_an_alert_as_loud_as_it_is(state: State, rule: str, severity: str) -> None:
    found = fault(state, rule=rule)
    assert react([found], [], CLEARED) == [Open(found, severity)]


@pytest.mark.parametrize("state", [State.OK, State.UNKNOWN, State.EXCLUDED])
def test_what_is_no_fault_opens_none(state: State) -> None:
    assert react([fault(state)], [], CLEARED) == []


def test_what_was_reacted_to_is_not_reacted_to_again() -> None:
    assert react([fault()], [known(fault())], CLEARED) == []


def test_one_alert_a_cause_on_the_worst_and_oldest_fault() -> None:
    mild, bad, other = fault(State.DEGRADED, spell="a"), fault(spell="b"), fault(cause="power_cut", spell="c")
    assert react([mild, bad, other], [], CLEARED) == [Open(bad, "high"), Open(other, "high")]


def test_a_fault_that_gets_worse_is_the_same_alert() -> None:
    mild, bad = fault(State.DEGRADED, spell="a"), fault(spell="b")
    assert react([bad], [known(mild, "normal")], CLEARED) == [Update(7, bad, "high")]


def test_an_alert_is_resolved_with_what_was_read_when_it_got_better() -> None:
    assert react([fault(State.OK, spell="ok")], [known(fault())], CLEARED) == [Resolve(7, CLEARED)]
    assert react([], [known(fault())], CLEARED) == [Resolve(7, CLEARED)]
    assert react([], [known(fault(), resolved=True)], CLEARED) == []


def test_what_is_wired_no_more_cannot_come_back() -> None:
    assert react([], [known(fault())], CLEARED, gone=True) == [Close(7, CLEARED)]


def test_a_relapse_is_the_same_alert() -> None:
    again = fault(spell="s2")
    assert react([again], [known(fault(), resolved=True)], CLEARED) == [Return(7, again, "high")]


def test_who_repaired_it_is_believed_until_another_fault_says_otherwise() -> None:
    repaired = known(fault(), resolved=True, by_person=True)
    assert react([fault()], [repaired], CLEARED) == []
    again = fault(spell="s2")
    assert react([again], [repaired], CLEARED) == [Return(7, again, "high")]


def test_a_fault_that_chatters_is_quiet_before_it_is_resolved() -> None:
    assert react([], [known(fault(), chattering=True)], CLEARED) == [Quiet(7)]
    assert react([], [known(fault(), chattering=True, quiet=True)], CLEARED) == []
    again = fault(spell="s2")
    assert react([again], [known(fault(), chattering=True, quiet=True)], CLEARED) == [Return(7, again, "high")]


def test_what_only_watches_keeps_nobody_from_anything() -> None:
    assert react([fault()], [], CLEARED, "entrance") == [Open(fault(), "normal")]
    supply = fault(cause="supply_quality")
    assert react([supply], [], CLEARED, "outlets") == [Open(supply, "normal")]


def test_a_cut_is_one_alert_of_the_station_and_only_suspected_it_is_not_urgent() -> None:
    dark = [fault(State.EXCLUDED, "power_cut", name, "OUT7", hours) for name, hours in (("a", 1), ("b", 2))]
    (opened,) = react_to_cut(dark, [], CLEARED)
    assert isinstance(opened, Open)
    assert (opened.base, opened.fault.since, opened.fault.spell) == ("high", dark[1].since, None)
    standing = [known(opened.fault)]
    assert react_to_cut(dark, standing, CLEARED) == []
    assert react_to_cut([], standing, CLEARED) == [Resolve(7, CLEARED)]
    (suspected,) = react_to_cut([fault(State.UNKNOWN, "unknown", "c", "OUT7")], [], CLEARED)
    assert isinstance(suspected, Open)
    assert suspected.base == "normal"


@pytest.mark.parametrize("state", [State.UNKNOWN, State.EXCLUDED])
def test_a_facility_nobody_can_judge_is_no_better(state: State) -> None:
    assert react([fault(state, "sensor_fault", "u")], [known(fault())], CLEARED) == []


def test_old_faults_of_a_history_being_loaded_are_no_news() -> None:
    assert is_news(fault(hours_ago=200), False, NOW)
    assert not is_news(fault(hours_ago=200), True, NOW)
    assert is_news(fault(hours_ago=100), True, NOW)


def silence(minutes: int) -> Silence:
    return Silence(NOW, silent=minutes >= 3, alarming=minutes >= 10)


def test_a_silent_station_is_one_alert_and_its_first_word_closes_it() -> None:
    opened = react_to_silence(silence(10), [])
    assert [type(one) for one in opened] == [Open]
    assert isinstance(opened[0], Open)
    standing = [known(opened[0].fault)]
    assert react_to_silence(silence(11), standing) == []
    assert [type(one) for one in react_to_silence(silence(0), standing)] == [Resolve]
    assert react_to_silence(silence(5), []) == []
