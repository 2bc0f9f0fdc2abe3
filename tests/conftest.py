"""What a machine cannot run is left out before collection, and named in one closing line with how to get it.

A test file says in its name what it needs: `test_pages_in_chromium.py`, `test_replay_with_recordings.py`.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Need:
    """Something a test file may need that pip does not install."""

    ending: str
    there: Callable[[], bool]
    how: str


def _recordings() -> bool:
    folder = os.environ.get("WAYSTATION_RECORDINGS")
    return bool(folder) and Path(str(folder)).is_dir()


NEEDS = (
    Need("_in_chromium.py", lambda: shutil.which("chromium") is not None, "apt install chromium fonts-noto-cjk"),
    Need("_with_recordings.py", _recordings, "set WAYSTATION_RECORDINGS to the folder of recordings"),
)
HERE = Path(__file__).parent


def _missing() -> dict[Need, int]:
    """What is not there, and how many files need it."""
    files = {need: sum(1 for _ in HERE.rglob(f"test_*{need.ending}")) for need in NEEDS if not need.there()}
    return {need: count for need, count in files.items() if count}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all-needs", action="store_true", help="fail where something a test needs is missing")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--all-needs") and _missing():
        raise pytest.UsageError("missing here: " + "; ".join(need.how for need in _missing()))


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    missing = (need for need in NEEDS if collection_path.name.endswith(need.ending) and not need.there())
    return True if next(missing, None) else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if missing := _missing():
        parts = [f"{count} file(s) *{need.ending} ({need.how})" for need, count in missing.items()]
        terminalreporter.write_line("Left out on this machine: " + "; ".join(parts))
