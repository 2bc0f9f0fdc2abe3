"""Real recordings: one that is healthy, one whose anomaly is known, a door and a cold store."""

import os
from pathlib import Path

from tests.evaluation import footfall, recordings

FILES = Path(os.environ.get("WAYSTATION_RECORDINGS", ""))


def recorded(name: str) -> recordings.Recorded:
    """The entry of a recording."""
    return next(one for one in recordings.RECORDED if one.source.name == name)


def test_every_recording_is_there() -> None:
    assert recordings.there(FILES) == list(recordings.RECORDED)


def test_a_healthy_appliance_stays_healthy() -> None:
    found = recordings.judged(recorded("microwave_995FCC"), FILES)
    assert (found.false_alarms, found.anomalies) == (0, ())
    assert found.minutes["ok"] > 10_000


def test_the_long_runs_are_found_and_nothing_else() -> None:
    found = recordings.judged(recorded("fridge_B1C121_dropouts"), FILES)
    assert found.false_alarms == 0
    assert found.found >= found.expected == 3
    assert all("2011-12-01" < one.since[:10] < "2011-12-04" for one in found.anomalies)


def test_nobody_is_lost_at_the_door() -> None:
    door = footfall.counted(FILES)
    assert (door.counted_in, door.counted_out) == (door.entered, door.left)
    assert door.entered == 10_689
