"""The kiosk's rotating code and the attendant's: what is accepted, for how long, and of whom."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.door_code import attendant_code, door_code, door_code_steps, is_attendant_code

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
