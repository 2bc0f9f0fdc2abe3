"""What happened beside the samples of a recording: answers and unit swaps reach the judge; a bad line is named."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from edge.recording import BadRecording, Event, open_recording
from edge.replay import replay
from shared.moment import ClockQuality, Stamp
from shared.outbox import Outbox
from shared.records import Profile, StationFacts
from tests.edge.play import START

HEADER = "time,event,detail\n"


def stamp_at(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()


def recording(folder: Path, events: str) -> Path:
    folder.mkdir()
    (folder / "recording.toml").write_text(
        '[station]\nname = "shop"\n[[facility]]\nid = "fridge-1"\nquantities = ["cabinet_temperature"]\n'
    )
    with gzip.open(folder / "samples.csv.gz", "wt") as file:
        file.write("time,facility,quantity,value,quality\n")
        for minute in range(120):
            file.write(f"{stamp_at(START + 60 * minute)},fridge-1,cabinet_temperature,4.{minute % 9},1\n")
    (folder / "events.csv").write_text(HEADER + events)
    return folder


def test_events_are_read_in_order_and_shifted_with_the_samples(tmp_path: Path) -> None:
    rows = f"{stamp_at(START + 60)},unit,fridge-1 SN-2 large\n{stamp_at(START)},statement,fridge-1 no\n"
    opened = open_recording(recording(tmp_path / "rec", rows))
    assert opened.events() == [
        Event(START, "statement", "fridge-1 no"),
        Event(START + 60, "unit", "fridge-1 SN-2 large"),
    ]
    assert opened.events()[1].about == ("fridge-1", "SN-2 large")
    later = datetime.fromtimestamp(START, UTC) + timedelta(days=30)
    (first, _) = opened.events(later)
    assert first.at - START in (21 * 86_400, 28 * 86_400)


def test_a_line_that_is_no_event_is_named(tmp_path: Path) -> None:
    opened = open_recording(recording(tmp_path / "rec", "yesterday,boot,\n"))
    with pytest.raises(BadRecording, match=r"events.csv, line 2: .*yesterday"):
        opened.events()


def test_a_unit_swap_in_a_recording_restarts_what_is_learned(tmp_path: Path) -> None:
    rows = f"{stamp_at(START)},unit,fridge-1 SN-1\n{stamp_at(START + 3600)},unit,fridge-1 SN-2\n"
    opened = open_recording(recording(tmp_path / "rec", rows))
    outbox = Outbox(tmp_path / "outbox.db")
    stamp = Stamp(datetime.fromtimestamp(START, UTC), "boot", 1.0, ClockQuality.PLAUSIBLE)
    replay(opened, outbox, stamp, None, False, lambda _at: None)
    profiles = []
    for lane in ("now", "later"):
        while records := outbox.take(lane, stamp):
            assert not [one for one in records if isinstance(one.fact, StationFacts)]
            profiles += [one.fact for one in records if isinstance(one.fact, Profile)]
            outbox.forget([one.id for one in records])
    outbox.close()
    last = max(profiles, key=lambda profile: profile.learning_since)
    assert (last.unit, last.replaced_at) == ("SN-2", datetime.fromtimestamp(START + 3600, UTC))
