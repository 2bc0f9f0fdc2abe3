"""What is written says the same to people and to programs."""

import csv
import json
from dataclasses import replace
from pathlib import Path

from tests.evaluation.by_hand import MIXED, hidden, window
from tests.evaluation.parallel import Judged, Real
from tests.evaluation.recordings import Anomaly, Result
from tests.evaluation.report import write

FOUND = Anomaly("FR4P", "degraded", "2011-12-02T06:00:00Z", None)


def written(folder: Path, judged: Judged) -> tuple[str, dict[str, object]]:
    """The report's text, and the summary."""
    text = write(judged, "7", 12.3, folder)
    assert (folder / "report.md").read_text("utf-8") == text
    found: dict[str, object] = json.loads((folder / "summary.json").read_text("utf-8"))
    return text, found


def test_all_files_are_written_and_say_the_same(tmp_path: Path) -> None:
    real = Real([Result("fridge_x", "fridge", 24.0, {"ok": 1440}, (FOUND,), 1, 0)])
    text, summary = written(tmp_path, Judged([*MIXED, hidden(window(2, 10))], real))
    assert (summary["windows"], summary["truth_2_windows"], summary["seed"]) == (9, 4, "7")
    assert summary["agreement"] == 0.5
    assert summary["counts"]["critical_false_high"] == [1, 3]  # type: ignore[index]
    assert summary["invisible"]["critical_false_high"] == 1.0  # type: ignore[index]
    assert summary["recordings"][0]["false_alarms"] == 1  # type: ignore[index]
    assert "| critical_false_high | 33.3% | 1/3 |" in text
    assert "fridge_x: FR4P degraded from 2011-12-02T06:00:00Z to its end" in text
    with (tmp_path / "windows.csv").open() as file:
        assert len(list(csv.DictReader(file))) == 9
    for name in ("confusion", "shares", "delays", "availability"):
        assert f"({name}.svg)" in text
        assert (tmp_path / f"{name}.svg").read_text("utf-8").rstrip().endswith("</svg>")


def test_a_scenario_that_ends_otherwise_is_marked(tmp_path: Path) -> None:
    one = window(10, 10)
    staged = replace(one, case=replace(one.case, scenario="S01", expected=(10,)))
    other = replace(staged, case=replace(one.case, scenario="S07", expected=(None,)))
    text, summary = written(tmp_path, Judged([staged, other]))
    assert "1 of 2 as it expects" in text
    assert summary["scenarios"] == 2


def test_what_failed_is_named(tmp_path: Path) -> None:
    text, summary = written(tmp_path, Judged(list(MIXED), failures=["station 3: ValueError: no"]))
    assert "- station 3: ValueError: no" in text
    assert summary["failures"] == ["station 3: ValueError: no"]
