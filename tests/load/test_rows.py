"""Figures are kept by name, and the page shows them between its markers and leaves the words alone."""

from pathlib import Path

import pytest

from tests.benchmarks import page
from tests.benchmarks.benchmark import benchmarks
from tests.benchmarks.rows import Row, forget, kept_machine, kept_rows, record

FAST = Row("fast", 6500.0, "/s", ">= 6000 /s", True, "of a core: all")
SLOW = Row("slow", 0.25, "s", "", None)


@pytest.fixture
def summary(tmp_path: Path) -> Path:
    return tmp_path / "bench" / "summary.json"


def test_a_row_measured_again_replaces_what_was_said(summary: Path) -> None:
    for row in (FAST, SLOW, Row("fast", 10.0, "/s", ">= 6000 /s", False)):
        record(row, summary)
    assert [(row.name, row.value, row.met) for row in kept_rows(summary)] == [
        ("slow", 0.25, None),
        ("fast", 10.0, False),
    ]
    assert {"cpu", "cores", "python", "sqlite", "postgres", "mosquitto", "nats"} <= kept_machine(summary).keys()
    forget(["slow"], summary)
    assert [row.name for row in kept_rows(summary)] == ["fast"]


def test_the_page_shows_figures_and_keeps_its_words(summary: Path, tmp_path: Path) -> None:
    shown = tmp_path / "performance.md"
    shown.write_text(f"before\n{page.BEGIN}\nold\n{page.END}\nafter\n")
    for row in (FAST, SLOW):
        record(row, summary)
    for _ in range(2):
        page.write(shown, summary)
        text = shown.read_text()
    assert text.startswith("before\n") and text.endswith("\nafter\n") and "old" not in text
    assert text.count("| fast | 6,500 /s | >= 6000 /s | ✓ |") == 1
    assert "| slow | 0.25 s |  |  |" in text


def test_every_benchmark_and_every_row_has_a_name_of_its_own() -> None:
    found = benchmarks()
    rows = [row for one in found for row in one.rows]
    assert len({one.name for one in found}) == len(found) and len(set(rows)) == len(rows)
    assert {"ingest mosquitto sqlite steady", "ingest naive", "spell steady p99"} <= set(rows)
