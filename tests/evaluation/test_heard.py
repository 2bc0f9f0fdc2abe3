"""What is heard of a recording: holes of one facility and of all, a sensor that repeats itself, what people say."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from edge.recording import open_recording
from simulators.recording import instant
from tests.evaluation.by_hand import PLAN, START, VISIT, case, minutes
from tests.evaluation.catalogue import DAY_S
from tests.evaluation.heard import add_events, happened, heard, heard_share
from tests.evaluation.plans import Case, Stuck, Word

HOURS = 48
TOML = """
[[facility]]
id = "fridge-1"
quantities = ["cabinet_temperature", "power"]
[[facility]]
id = "microwave-1"
quantities = ["power"]
"""
WIRES = (("fridge-1", "cabinet_temperature"), ("fridge-1", "power"), ("microwave-1", "power"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A recording of two days, a sample an hour."""
    (tmp_path / "recording.toml").write_text(TOML)
    (tmp_path / "events.csv").write_text(f"time,event,detail\n{instant(START)},clock,synced\n")
    rows = [
        f"{instant(START + hour * 3600)},{facility},{quantity},{hour}.00,1"
        for hour in range(HOURS)
        for facility, quantity in WIRES
    ]
    with gzip.open(tmp_path / "samples.csv.gz", "wt") as file:
        file.write("\n".join(["time,facility,quantity,value,quality", *rows]) + "\n")
    return tmp_path


def hours_heard(folder: Path, *cases: Case, away: tuple[tuple[float, float], ...] = ()) -> dict[str, list[int]]:
    """By facility and quantity: the hours whose samples are heard, by their value."""
    found: dict[str, list[int]] = {}
    plan = replace(PLAN, cases=cases, silences=away)
    for sample in heard(open_recording(folder), plan).samples():
        found.setdefault(f"{sample.facility}/{sample.quantity}", []).append(round(sample.value))
    return found


def test_without_silences_everything_is_heard(folder: Path) -> None:
    assert hours_heard(folder) == {f"{facility}/{quantity}": list(range(HOURS)) for facility, quantity in WIRES}


def test_a_silent_facility_leaves_the_others_alone_and_an_agent_that_is_away_does_not(folder: Path) -> None:
    silent = replace(case(), silences=((START + 5 * 3600, START + 10 * 3600),))
    found = hours_heard(folder, silent, away=((START + 8 * 3600, START + 12 * 3600), (START + 20 * 3600, VISIT)))
    assert found["fridge-1/power"] == [*range(5), *range(12, 20)]
    assert found["microwave-1/power"] == [*range(8), *range(12, 20)]


def test_a_stuck_sensor_repeats_one_value(folder: Path) -> None:
    stuck = replace(case(), stuck=Stuck("cabinet_temperature", START + 3 * 3600, 4.0))
    found = hours_heard(folder, stuck)
    assert found["fridge-1/cabinet_temperature"] == [0, 1, 2, *[4] * (HOURS - 3)]
    assert found["fridge-1/power"] == list(range(HOURS))


def test_the_share_heard_is_of_the_opening_hours_and_counts_no_time_twice() -> None:
    morning = VISIT - 3 * DAY_S - 3 * 3600  # 09:00
    both = replace(case(), silences=((morning, morning + 4 * 3600),))
    away = replace(PLAN, silences=((morning + 2 * 3600, morning + 20 * 3600),))
    assert heard_share(away, both) == pytest.approx(1 - 8 / (30 * 8))


def test_people_say_it_in_opening_hours_while_it_is_so(folder: Path) -> None:
    onset = VISIT - 2 * DAY_S
    broken = replace(case("microwave", "no_heat", onset), word=Word("no", 9 * 3600.0))
    plan = replace(PLAN, cases=(broken,))
    told = happened(plan, {"microwave-1": minutes((onset, VISIT))})
    assert told == [(onset + 21 * 3600, "statement", "microwave-1 no")]
    assert happened(plan, {"microwave-1": minutes((onset, onset + 3600))}) == []
    add_events(folder, told)
    assert (folder / "events.csv").read_text().splitlines()[2] == f"{instant(told[0][0])},statement,microwave-1 no"


def test_a_machine_that_is_replaced_is_an_event() -> None:
    swapped = replace(case(), swapped_at=VISIT - 3600)
    told = happened(replace(PLAN, cases=(swapped,)), {"fridge-1": minutes()})
    assert told == [(VISIT - 3600, "unit", "fridge-1 SN-2")]
