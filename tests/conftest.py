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
_left_out: dict[Need, int] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all-needs", action="store_true", help="fail where something a test needs is missing")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    for need in NEEDS:
        if collection_path.name.endswith(need.ending) and not need.there():
            if config.getoption("--all-needs"):
                pytest.exit(f"{collection_path.name} cannot run here: {need.how}", returncode=1)
            _left_out[need] = _left_out.get(need, 0) + 1
            return True
    return None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _left_out:
        parts = [f"{count} file(s) *{need.ending} ({need.how})" for need, count in _left_out.items()]
        terminalreporter.write_line("Left out on this machine: " + "; ".join(parts))
