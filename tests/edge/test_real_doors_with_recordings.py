"""Counts of real doors: what comes out of the fold is what went in, nobody is negative, and drift does not add up.

Door of a university building, nine weeks of half-hours in and out (CalIt2, UCI 156, CC BY 4.0); people in one office by
a ceiling sensor, every five minutes (Windesheim, CC BY 4.0).
"""

import csv
import gzip
import os
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from edge.counting import Counted
from edge.occupancy import Drift, Occupancy
from edge.quarters import Quarters
from shared.opening import SHANGHAI, Opening

RECORDINGS = Path(os.environ.get("WAYSTATION_RECORDINGS", ""))
DOOR, ROOM = "entrance-1", "room-1"
PACIFIC_S = 15 * 3600
"""California's summer clock is so far behind Shanghai's: nights must be nights."""
HALF_HOUR_S = 1800


def rows(name: str) -> Iterator[tuple[float, list[str]]]:
    with gzip.open(RECORDINGS / name, "rt") as file:
        for row in list(csv.reader(file))[1:]:
            yield datetime.fromisoformat(row[0]).timestamp(), row[1:]


def half_hours() -> list[tuple[float, int, int]]:
    return [
        (at - PACIFIC_S, int(entered or 0), int(left or 0))
        for at, (entered, left) in rows("calit2_door/door_wk1_9.csv.gz")
    ]


def test_nine_weeks_of_a_door_fold_into_quarter_hours_without_loss() -> None:
    folded = Quarters((DOOR,))
    told = []
    for start, entered, left in half_hours():
        for place, counted in (
            (60, Counted(DOOR, start + 60, entered)),
            (1000, Counted(DOOR, start + 1000, left=left)),
        ):
            folded.count(counted)
            told += folded.take(start + place)
    told += folded.take(half_hours()[-1][0] + 2 * HALF_HOUR_S)
    counts = [count for quarter in told for count in quarter.counts]
    assert sum(count.entered for count in counts) == sum(entered for _, entered, _ in half_hours()) == 10689
    assert sum(count.left for count in counts) == sum(left for _, _, left in half_hours()) == 10053
    assert all(quarter.start.minute % 15 == 0 for quarter in told)
    assert {count.quality for count in counts} == {"good"}


def test_what_a_real_door_misses_does_not_add_up_over_nine_weeks() -> None:
    room, opening = Occupancy(), Opening(start="06:00", end="23:00")
    drifts: list[Drift] = []
    mornings: list[int | None] = []
    raw = 0
    for start, entered, left in half_hours():
        ins = [(HALF_HOUR_S * (n + 0.4) / entered, 1, 0) for n in range(entered)]
        outs = [(HALF_HOUR_S * (n + 0.6) / left, 0, 1) for n in range(left)]
        for after, came, went in sorted(ins + outs):
            room.pass_by(came, went, start + after)
            assert room.people >= 0
        raw += entered - left
        drift = room.advance(start + HALF_HOUR_S, opening)
        drifts += [drift] if drift else []
        if datetime.fromtimestamp(start, SHANGHAI).hour == 5:
            mornings.append(room.inside)
    assert raw == 636, "so many would be inside if nothing were put right"
    assert len(drifts) == 50, "nearly every night something is put right"
    assert (sum(drift.people for drift in drifts), sum(drift.passed for drift in drifts)) == (814, 15668), "5.2 %"
    assert sum(drift.excessive for drift in drifts) == 16
    assert max(inside for inside in mornings if inside is not None) == 2
    assert mornings.count(None) == 16, "half-hours after a night in which people came and went"


@pytest.mark.parametrize("every", [20, 10])
def test_an_office_whose_door_misses_some_is_right_again_whenever_it_is_empty(every: int) -> None:
    room, wrong, known, number = Occupancy(silent_s=400), 0, 0, 0
    drifts: list[Drift] = []
    seen = [(at, int(people)) for at, (people,) in rows("windesheim_rooms/room999169_people.csv.gz")]
    for (_, before), (at, people) in pairwise(seen):
        for _ in range(abs(people - before)):
            number += 1
            if number % every:
                room.pass_by(int(people > before), int(people < before), at - 1)
        drift = room.hear(ROOM, people > 0, at)
        drifts += [drift] if drift else []
        assert room.people >= 0
        known += room.inside is not None
        wrong = max(wrong, abs((room.inside or 0) - people))
    assert number == 130
    assert known > 0.99 * len(seen)
    assert wrong <= 2
    assert sum(drift.people for drift in drifts) <= number // every, "who was missed is put right once"
    assert room.inside == seen[-1][1]
