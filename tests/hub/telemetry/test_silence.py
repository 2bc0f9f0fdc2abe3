"""Silence counts only while the hub itself listened."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.telemetry.silence import (
    ALERT_AFTER,
    FRESH,
    SILENT_AFTER,
    Listened,
    Silence,
    alarming_by,
    joined,
    silence,
    silent_by,
)
from shared.opening import Opening

HEARD = datetime(2026, 3, 11, 4, 0, tzinfo=UTC)
OPEN = Opening()
SHUT = Opening(weekdays=[])
MINUTE = timedelta(minutes=1)


def after(minutes: float) -> datetime:
    return HEARD + timedelta(minutes=minutes)


def judge(now: datetime, listened: list[Listened], opening: Opening = OPEN, heard: datetime = HEARD) -> Silence:
    return silence(heard, silent_by(now, listened), alarming_by(now, listened, opening))


ALL_ALONG = [Listened(after(-60), after(600))]


@pytest.mark.parametrize(
    ("minutes", "silent", "alarming"),
    [(2.9, False, False), (3, True, False), (9.9, True, False), (10, True, True), (600, True, True)],
)
def test_a_station_is_silent_after_three_minutes_and_alarming_after_ten(
    minutes: float, silent: bool, alarming: bool
) -> None:
    judged = judge(after(minutes), ALL_ALONG)
    assert (judged.silent, judged.alarming) == (silent, alarming)


def test_a_hub_that_was_away_does_not_call_its_stations_silent() -> None:
    away = [Listened(after(-60), after(1)), Listened(after(119), after(119.5))]
    assert not judge(after(120), away).silent
    assert judge(after(122), [*away, Listened(after(119.9), after(122))]).silent


def test_times_of_listening_add_up() -> None:
    pieces = [Listened(after(-60), after(2)), Listened(after(50), after(52))]
    assert judge(after(60), pieces).silent


def test_two_processes_that_listen_at_once_hear_no_longer_than_one() -> None:
    both = [Listened(after(-60), after(2)), Listened(after(-30), after(2))]
    assert not judge(after(2), both).silent


def test_a_closed_station_is_silent_and_alarms_nobody() -> None:
    judged = judge(after(600), ALL_ALONG, SHUT)
    assert judged.silent
    assert not judged.alarming


def test_the_hub_is_taken_to_listen_until_it_notes_so_again() -> None:
    noted = [Listened(after(-60), after(2.8))]
    assert judge(after(3), noted).silent
    assert not judge(after(4), noted).silent


def counted(heard: datetime, now: datetime, listened: list[Listened], opening: Opening) -> Silence:
    """The same, second by second: what the moments must agree with."""
    seconds, minutes = 0, 0
    spans = [(span.since, now if now - span.until <= FRESH else span.until) for span in listened]
    at = heard
    while at < now:
        seconds += any(since <= at < until for since, until in spans)
        at += timedelta(seconds=1)
    minute = heard.replace(second=0)
    while minute < heard:
        minute += MINUTE
    while minute + MINUTE <= now:
        within = (minute + timedelta(seconds=second) for second in range(60))
        minutes += opening.is_open(minute) and all(any(since <= at < until for since, until in spans) for at in within)
        minute += MINUTE
    silent = seconds >= SILENT_AFTER.total_seconds()
    return Silence(heard, silent, silent and minutes >= ALERT_AFTER)


SECONDS = st.integers(0, 1800)


@given(
    heard=SECONDS,
    spans=st.lists(st.tuples(SECONDS, st.integers(1, 900)), max_size=4),
    opens=st.sampled_from(["00:00", "11:50", "12:20"]),
)
def test_one_moment_tells_who_is_silent(heard: int, spans: list[tuple[int, int]], opens: str) -> None:
    start = HEARD - timedelta(minutes=15)
    now, opening = start + timedelta(seconds=1800), Opening(start=opens, end="24:00")
    at = start + timedelta(seconds=heard)
    listened = [
        Listened(start + timedelta(seconds=since), start + timedelta(seconds=min(1800, since + long)))
        for since, long in spans
    ]
    assert judge(now, listened, opening, at) == counted(at, now, listened, opening)


def test_while_one_of_two_listens_the_hub_does() -> None:
    def span(since: int, until: int) -> Listened:
        return Listened(after(since), after(until))

    # The first of two processes dies after ten minutes; later both are away for five.
    assert joined([span(0, 10), span(1, 30), span(35, 40), span(40, 50)]) == [span(0, 30), span(35, 50)]
    assert joined([span(0, 50), span(1, 5)]) == [span(0, 50)]
