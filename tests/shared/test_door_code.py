"""The kiosk's rotating code and the attendant's: what is accepted, for how long, and of whom."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.door_code import (
    ATTENDANT_STEP_S,
    CODE_STEP_S,
    attendant_code,
    attendant_code_until,
    door_code,
    door_code_shown_at,
    door_code_steps,
    is_attendant_code,
)

KEY, STATION = bytes(range(32)), "k3v9x2m7qa"
MADE = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


def accepted(seconds: float, code: str = "", lenient: bool = False) -> bool:
    now = MADE + timedelta(seconds=seconds)
    return door_code_steps(KEY, STATION, code or door_code(KEY, STATION, MADE), now, lenient) is not None


@pytest.mark.parametrize("seconds", [-29, 0, 29, 60, 119, 121])
def test_a_code_just_seen_is_accepted(seconds: float) -> None:
    assert accepted(seconds)


@pytest.mark.parametrize("seconds", [-61, 150, 3600, 364 * 86400, 32**4 * 30])
def test_an_old_one_and_one_from_the_future_are_not(seconds: float) -> None:
    assert not accepted(seconds)


def test_where_the_kiosks_clock_is_off_ten_minutes_are_allowed() -> None:
    assert accepted(599, lenient=True)
    assert accepted(-599, lenient=True)
    assert not accepted(700, lenient=True)


def test_a_code_is_of_one_station_and_one_key() -> None:
    code = door_code(KEY, STATION, MADE)
    assert door_code_steps(KEY, "another0st", code, MADE) is None
    assert door_code_steps(bytes(32), STATION, code, MADE) is None


def test_letters_may_be_of_either_case() -> None:
    code = door_code(KEY, STATION, MADE)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{12}", code)
    assert accepted(0, code.lower())


@given(st.text(max_size=14))
def test_nothing_made_up_is_accepted_or_breaks_it(code: str) -> None:
    assert code.upper() == door_code(KEY, STATION, MADE) or not accepted(0, code or "-")


def test_the_attendants_code_holds_for_some_ten_minutes() -> None:
    code = attendant_code(KEY, STATION, MADE)
    assert re.fullmatch(r"\d{4}", code)
    assert all(is_attendant_code(KEY, STATION, code, MADE + timedelta(minutes=late)) for late in (-10, 0, 9, 19))
    later = attendant_code(KEY, STATION, MADE + timedelta(minutes=40))
    assert later == code or not is_attendant_code(KEY, STATION, later, MADE)
    assert not is_attendant_code(KEY, STATION, "", MADE)
    assert not is_attendant_code(KEY, STATION, "１２３４", MADE)


def test_a_code_says_itself_when_it_was_shown() -> None:
    for age in (timedelta(0), timedelta(days=3), timedelta(days=180), timedelta(days=-2)):
        shown = door_code_shown_at(KEY, STATION, door_code(KEY, STATION, MADE - age).lower(), MADE)
        assert shown is not None
        assert timedelta(0) <= MADE - age - shown < timedelta(seconds=CODE_STEP_S)
    a_round_ago = door_code(KEY, STATION, MADE - timedelta(days=400))
    assert door_code_shown_at(KEY, STATION, a_round_ago, MADE) is None
    for no_code in (
        "",
        "0" * 12,
        "U" * 12,
        "é" * 12,
        door_code(KEY, "q7m2x9v3ka", MADE),
        door_code(KEY, STATION, MADE)[1:],
    ):
        assert door_code_shown_at(KEY, STATION, no_code, MADE) is None, no_code


def test_the_attendants_next_code_comes_when_it_is_said_to_come() -> None:
    until = attendant_code_until(MADE)
    assert MADE < until <= MADE + timedelta(seconds=ATTENDANT_STEP_S)
    before = until - timedelta(microseconds=1)
    assert attendant_code(KEY, STATION, before) == attendant_code(KEY, STATION, MADE)
    assert attendant_code_until(until) == until + timedelta(seconds=ATTENDANT_STEP_S)
