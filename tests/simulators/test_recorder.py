"""A recording read back: complete, in order, of the story's physics, and the same in pieces."""

import csv
import gzip
import tomllib
from collections import defaultdict
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from simulators.people import DAY_S
from simulators.recorder import record
from simulators.recording import instant
from simulators.scenario import Story, Turn, load, story
from simulators.world import World

NOW = 1_795_154_400.0
Row = tuple[float, str, str, str, int]


def rows(folder: Path) -> list[Row]:
    with gzip.open(folder / "samples.csv.gz", "rt", encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == ["time", "facility", "quantity", "value", "quality"]
    return [(datetime.fromisoformat(at).timestamp(), who, what, value, int(q)) for at, who, what, value, q in lines[1:]]


def healthy(*turns: Turn) -> Story:
    return story(load("healthy"), NOW, more=turns)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Row]]:
    folder = tmp_path_factory.mktemp("day")
    shares: list[float] = []
    number = record(healthy(), folder, NOW - DAY_S, NOW, shares.append)
    read = rows(folder)
    assert number == len(read)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    return folder, read


def test_the_folder_is_a_recording(day):
    folder, _ = day
    table = tomllib.loads((folder / "recording.toml").read_text("utf-8"))

    assert table["station"]["name"] == "healthy"
    assert table["station"]["opening"]["start"] == "09:00"
    assert {row["id"]: row["kind"] for row in table["facility"]}["fridge-1"] == "fridge"
    assert (folder / "events.csv").read_text().splitlines()[0] == "time,event,detail"
    assert sorted(path.name for path in folder.iterdir()) == ["events.csv", "recording.toml", "samples.csv.gz"]


def test_rows_are_in_order_of_time_and_within_the_window(day):
    _, read = day
    times = [row[0] for row in read]

    assert times == sorted(times)
    assert times[0] > NOW - DAY_S
    assert times[-1] == NOW


def test_plain_quantities_come_every_half_minute_at_least(day):
    _, read = day
    by: dict[tuple[str, str], list[float]] = defaultdict(list)
    for at, facility, quantity, _, _ in read:
        by[facility, quantity].append(at)
    for key in (("fridge-1", "cabinet_temperature"), ("outlets-1", "voltage.2"), ("room-1", "room_humidity")):
        times = by[key]
        assert max(after - before for before, after in pairwise(times)) <= 30
    for key in (("fridge-1", "door_open"), ("entrance-1", "beam_a"), ("drinking_water-1", "leak")):
        times = by[key]
        assert max(after - before for before, after in pairwise(times)) <= 630


def test_a_meal_is_sampled_finely_and_beams_on_their_edges(day):
    _, read = day
    full = [
        at
        for at, facility, quantity, value, _ in read
        if (facility, quantity) == ("microwave-1", "power") and float(value) > 1000
    ]
    beams = [at for at, facility, quantity, value, _ in read if quantity == "beam_a" and value == "1"]

    assert sum(1 for before, after in pairwise(full) if after - before <= 2) > len(full) / 2
    assert len(beams) > 20
    assert any(at % 1 for at in beams)


def test_two_pieces_are_the_whole(tmp_path: Path, day):
    _, whole = day
    record(healthy(), tmp_path, NOW - DAY_S / 2, NOW)
    later = {row[:3]: float(row[3]) for row in rows(tmp_path) if row[2] == "cabinet_temperature"}
    same = {row[:3]: float(row[3]) for row in whole if row[:3] in later}

    assert len(same) > 0.95 * len(later)
    assert all(abs(later[key] - value) < 0.4 for key, value in same.items())


def test_a_silent_meter_is_missing_and_not_zero(tmp_path: Path):
    record(healthy(Turn(NOW - 1800, "outlets-1", "trip")), tmp_path, NOW - 3600, NOW)
    read = [row for row in rows(tmp_path) if row[2] == "voltage.1"]

    assert [(row[3], row[4]) for row in read if row[0] > NOW - 1740] == [("", 9)] * 58
    assert all(row[4] == 1 for row in read if row[0] < NOW - 1800)


def test_a_rough_line_loses_answers(tmp_path: Path):
    record(story(load("rough_line"), NOW), tmp_path, NOW - 4 * 3600, NOW)
    grid = {row[0] for row in rows(tmp_path) if row[1:3] == ("outlets-1", "strip_temperature")}

    assert 0.95 * 480 < len(grid) < 480


def test_truth_is_seen_once_a_minute_of_the_life_that_is_recorded(tmp_path: Path):
    food: list[tuple[float, float]] = []

    def look(world: World) -> None:
        food.append((world.now, world.facilities["fridge-1"].facts(world.now, world.around)["food"]))

    record(healthy(Turn(NOW - 3000, "fridge-1", "door")), tmp_path, NOW - 3600, NOW, None, look)
    air = {row[0]: float(row[3]) for row in rows(tmp_path) if row[1:3] == ("fridge-1", "cabinet_temperature")}

    assert [at for at, _ in food] == [NOW - 3600 + 60 * minute for minute in range(1, 61)]
    assert food[-1][1] > food[5][1] + 1
    assert all(at in air for at, _ in food)


def test_the_same_seed_is_the_same_recording(tmp_path: Path):
    turns = (Turn(NOW - 3000, "fridge-1", "hard_start", 0.4), Turn(NOW - 3000, "outlets-1", "out_of_band", 0.4))
    for name in ("one", "other"):
        record(healthy(*turns), tmp_path / name, NOW - 3600, NOW)

    assert rows(tmp_path / "one") == rows(tmp_path / "other")


@pytest.mark.parametrize(
    ("at", "text"),
    [(NOW, "2026-11-20T06:00:00Z"), (NOW + 0.25, "2026-11-20T06:00:00.250Z"), (NOW + 29.999, "2026-11-20T06:00:30Z")],
)
def test_instants(at, text):
    assert instant(at) == text
