"""What the judgement of a full station remembers has a bound, and is plain enough to be written every half minute."""

from datetime import UTC, datetime
from pathlib import Path

from edge.inventory import judged
from edge.observer import RECORDED_STEADY_S, Observer
from edge.recording import open_recording
from shared.ids import record_id
from simulators.recorder import record
from simulators.scenario import load, story

DAY_S = 86_400.0
VISIT = datetime(2026, 7, 15, 2, tzinfo=UTC).timestamp()
MOST_BYTES = 64 * 1024
"""Of the judge's memory, six facilities."""


def test_a_week_is_remembered_in_no_more_than_two_days_are(tmp_path: Path) -> None:
    record(story(load("healthy"), VISIT), tmp_path / "recording", VISIT - 7 * DAY_S, VISIT)
    recording = open_recording(tmp_path / "recording")
    observer = Observer(
        judged(recording.facilities),
        recording.opening,
        lambda at: record_id(datetime.fromtimestamp(at, UTC), bytes(10)),
        RECORDED_STEADY_S,
        {},
    )
    sizes: list[int] = []
    due = VISIT - 5 * DAY_S
    for sample in recording.samples():
        observer.hear(sample)
        if sample.at >= due:
            observer.advance(sample.at)
            sizes.append(len(observer.judge.memory()))
            due += DAY_S
        elif sample.quantity == "power":
            observer.advance(sample.at)
    assert len(sizes) >= 5
    assert max(sizes) < MOST_BYTES
    assert sizes[-1] < 1.2 * sizes[0]
