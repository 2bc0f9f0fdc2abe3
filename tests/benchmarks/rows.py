"""One figure of the benchmarks, and where they are kept: build/bench/summary.json. Whoever measures calls `record`.

A row of the same name is replaced, so rows may be measured in several runs; the machine is that of the last one.
"""

import json
import os
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks.machine import machine

SUMMARY = Path(__file__).resolve().parents[2] / "build" / "bench" / "summary.json"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    name: str
    value: float
    unit: str
    goal: str
    """In words and figures, as in ">= 6000 /s"; empty where there is none."""
    met: bool | None
    """None: there is no goal, or nothing to say."""
    detail: str = ""
    """What else was seen, and what a reader must know to believe the value."""


def record(row: Row, summary: Path = SUMMARY) -> None:
    """Print the row and keep it."""
    verdict = {True: "met", False: "NOT MET", None: ""}[row.met]
    goal = f"  (goal {row.goal}: {verdict})" if row.goal else ""
    print(f"{row.name}: {row.value:,.10g} {row.unit}{goal}  {row.detail}", flush=True)
    _keep([kept for kept in kept_rows(summary) if kept.name != row.name] + [row], summary)


def forget(names: Collection[str], summary: Path = SUMMARY) -> None:
    """What was measured under these names is no longer said."""
    before = kept_rows(summary)
    after = [row for row in before if row.name not in names]
    if after != before:
        _keep(after, summary)


def _keep(rows: Sequence[Row], summary: Path) -> None:
    summary.parent.mkdir(parents=True, exist_ok=True)
    draft = summary.with_name(f".{summary.name}.{os.getpid()}")
    content = {"machine": machine(), "rows": [asdict(one) for one in rows]}
    draft.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    draft.replace(summary)


def kept_machine(summary: Path = SUMMARY) -> dict[str, str | int]:
    """What they were measured on; empty where nothing was."""
    return dict(json.loads(summary.read_text())["machine"]) if summary.exists() else {}


def kept_rows(summary: Path = SUMMARY) -> list[Row]:
    """What was measured until now, in the order of measuring."""
    if not summary.exists():
        return []
    return [Row(**row) for row in json.loads(summary.read_text())["rows"]]
