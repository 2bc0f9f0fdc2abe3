"""Minutes from masks and spells, by examples."""

from datetime import UTC, datetime, timedelta

import pytest

from hub.health.hours import Hour, Minutes, SpellSpan, lay, said_minutes, span
from hub.health.spells import contradicted_since
from shared.opening import FULL, Opening
from shared.states import State

HOUR0 = datetime(2026, 3, 11, 1, tzinfo=UTC)
"""09:00 in Shanghai."""
ALWAYS = Opening(start="00:00", end="24:00")


def at(minute: float) -> datetime:
    return HOUR0 + timedelta(minutes=minute)


def counts(minutes: Minutes) -> dict[str, int]:
    masks = {name: getattr(minutes, name) for name in ("ok", "degraded", "down", "excluded", "unknown")}
    found = {name: sum(mask.bit_count() for mask in hours) for name, hours in masks.items()}
    assert sum(found.values()) == sum(mask.bit_count() for mask in minutes.service)
    return {name: count for name, count in found.items() if count}


def test_what_nobody_said_is_unknown() -> None:
    assert counts(lay([], [], at(0), at(120), ALWAYS)) == {"unknown": 120}


@pytest.mark.parametrize(
    ("masks", "state"),
    [
        ({"ok": 1, "degraded": 1}, "degraded"),
        ({"ok": 1, "degraded": 1, "down": 1}, "down"),
        ({"ok": 1, "degraded": 1, "down": 1, "excluded": 1}, "excluded"),
    ],
)
def test_where_reports_differ_excluded_beats_down_beats_degraded_beats_ok(masks: dict[str, int], state: str) -> None:
    assert counts(lay([Hour(HOUR0, **masks)], [], at(0), at(1), ALWAYS)) == {state: 1}


def test_a_back_dated_fault_is_laid_over_minutes_that_were_reported_good() -> None:
    spell = SpellSpan(State.DOWN, at(10), at(30))
    assert counts(lay([Hour(HOUR0, ok=FULL)], [spell], at(0), at(60), ALWAYS)) == {"ok": 40, "down": 20}


@pytest.mark.parametrize("state", [State.UNKNOWN, State.EXCLUDED])
def test_a_spell_of_unknown_or_excluded_takes_minutes_back(state: State) -> None:
    minutes = lay([Hour(HOUR0, down=FULL)], [SpellSpan(state, at(0), at(15))], at(0), at(60), ALWAYS)
    assert counts(minutes) == {"down": 45, str(state): 15}


def test_only_the_highest_revision_of_a_spell_counts() -> None:
    early = SpellSpan(State.DOWN, at(0), None, 1, at(5), "s")
    late = SpellSpan(State.DEGRADED, at(20), at(40), 2, at(5), "s")
    for spells in ([early, late], [late, early]):
        assert counts(lay([Hour(HOUR0, ok=FULL)], spells, at(0), at(60), ALWAYS)) == {"ok": 40, "degraded": 20}


def test_of_two_spells_the_one_confirmed_last_counts() -> None:
    warm = SpellSpan(State.DEGRADED, at(0), at(60), 2, at(10), "warm")
    cold = SpellSpan(State.DOWN, at(5), at(60), 1, at(50), "not cold")
    for spells in ([warm, cold], [cold, warm]):
        assert counts(lay([], spells, at(0), at(60), ALWAYS)) == {"degraded": 5, "down": 55}


def test_an_open_fault_holds_as_long_as_the_station_speaks_and_no_longer() -> None:
    spell = SpellSpan(State.DOWN, at(0), None, 1, at(5))
    assert counts(lay([], [spell], at(0), at(60), ALWAYS)) == {"down": 5, "unknown": 55}
    spoken = Hour(HOUR0, down=span(20, 30))
    assert counts(lay([spoken], [spell], at(0), at(60), ALWAYS)) == {"down": 30, "unknown": 30}


def test_a_minute_belongs_to_a_spell_that_covers_at_least_half_of_it() -> None:
    half, less = timedelta(seconds=30), timedelta(seconds=31)
    assert counts(lay([], [SpellSpan(State.DOWN, at(0) + half, at(2))], at(0), at(2), ALWAYS)) == {"down": 2}
    assert counts(lay([], [SpellSpan(State.DOWN, at(0) + less, at(2))], at(0), at(2), ALWAYS)) == {
        "down": 1,
        "unknown": 1,
    }


def test_only_opening_minutes_are_service() -> None:
    nine_to_five = lay([Hour(HOUR0, ok=FULL)], [], at(-60), at(60), Opening())
    assert counts(nine_to_five) == {"ok": 60}
    assert counts(lay([], [], at(-24 * 60), at(24 * 60), Opening())) == {"unknown": 2 * 480}


def test_a_partial_minute_at_either_end_of_the_window_does_not_count() -> None:
    assert counts(lay([], [], at(0.5), at(3.5), ALWAYS)) == {"unknown": 2}


def test_a_spell_that_minutes_contradict_for_long_ended_where_they_began() -> None:
    held = SpellSpan(State.DOWN, at(0), None, 1, at(5), "s")
    down = [(at(minute), State.DOWN) for minute in range(5, 20)]
    works = [(at(minute), State.OK) for minute in range(20, 40)]
    assert contradicted_since(held, down) is None
    assert contradicted_since(held, [*down, *works[:14]]) is None
    assert contradicted_since(held, [*down, *works]) == at(20)
    assert contradicted_since(held, [*down, *works, (at(40), State.DOWN)]) is None
    assert contradicted_since(held, [(at(minute), State.OK) for minute in range(5)]) is None


def test_said_minutes_have_one_state_each() -> None:
    rows = [Hour(HOUR0, ok=0b111, down=0b010)]
    assert said_minutes(rows) == [(at(0), State.OK), (at(1), State.DOWN), (at(2), State.OK)]
