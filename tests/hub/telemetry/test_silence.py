"""Silence counts only while the hub itself listened."""

from datetime import UTC, datetime, timedelta

import pytest

from hub.telemetry.silence import Listened, silence
from shared.opening import Opening

HEARD = datetime(2026, 3, 11, 4, 0, tzinfo=UTC)
OPEN = Opening()
SHUT = Opening(weekdays=[])


def after(minutes: float) -> datetime:
    return HEARD + timedelta(minutes=minutes)


ALL_ALONG = [Listened(after(-60), after(600))]


@pytest.mark.parametrize(
    ("minutes", "silent", "alarming"),
    [(2.9, False, False), (3, True, False), (9.9, True, False), (10, True, True), (600, True, True)],
)
def test_a_station_is_silent_after_three_minutes_and_alarming_after_ten(
    minutes: float, silent: bool, alarming: bool
) -> None:
    judged = silence(HEARD, after(minutes), ALL_ALONG, OPEN)
    assert (judged.silent, judged.alarming) == (silent, alarming)


def test_a_hub_that_was_away_does_not_call_its_stations_silent() -> None:
    away = [Listened(after(-60), after(1)), Listened(after(119), after(119.5))]
    judged = silence(HEARD, after(120), away, OPEN)
    assert judged.listened == timedelta(minutes=2)
    assert not judged.silent


def test_times_of_listening_add_up() -> None:
    pieces = [Listened(after(-60), after(2)), Listened(after(50), after(52))]
    assert silence(HEARD, after(60), pieces, OPEN).silent


def test_a_closed_station_is_silent_and_alarms_nobody() -> None:
    judged = silence(HEARD, after(600), ALL_ALONG, SHUT)
    assert judged.silent
    assert not judged.alarming


def test_the_hub_is_taken_to_listen_until_it_notes_so_again() -> None:
    noted = [Listened(after(-60), after(2.8))]
    assert silence(HEARD, after(3), noted, OPEN).silent
    assert not silence(HEARD, after(4), noted, OPEN).silent
