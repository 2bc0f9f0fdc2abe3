"""What a machine cannot run is left out before collection, and named in one closing line with how to get it.

A test file says in its name what it needs: `test_pages_in_chromium.py`, `test_replay_with_recordings.py`. One that is
about SQLite itself ends in `_on_sqlite.py`: with `--postgres` the same tests of the hub run on PostgreSQL, without it.
"""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.databases import Databases


@dataclass(frozen=True)
class Need:
    """Something a test file may need that pip does not install."""

    mark: str
    """In the file's name; it may carry several."""
    there: Callable[[], bool]
    how: str


def _recordings() -> bool:
    folder = os.environ.get("WAYSTATION_RECORDINGS")
    return bool(folder) and Path(str(folder)).is_dir()


def _program(name: str, *elsewhere: str) -> bool:
    """Whether it is installed; Debian keeps servers where an ordinary user's PATH does not look."""
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", os.defpath), *elsewhere])) is not None


def _postgres() -> bool:
    return _program("initdb", *(str(folder) for folder in Path("/usr/lib/postgresql").glob("*/bin")))


NEEDS = (
    Need("_in_chromium", lambda: shutil.which("chromium") is not None, "apt install chromium fonts-noto-cjk"),
    Need(
        "_in_xterm",
        lambda: all(shutil.which(one) for one in ("xterm", "Xvfb", "import")),
        "apt install xterm xvfb imagemagick fonts-dejavu-core",
    ),
    Need("_with_recordings", _recordings, "set WAYSTATION_RECORDINGS to the folder of recordings"),
    Need("_with_mosquitto", lambda: _program("mosquitto", "/usr/sbin"), "apt install mosquitto"),
    Need("_with_postgres", _postgres, "apt install postgresql"),
    Need("_with_systemd", lambda: _program("systemd-analyze"), "apt install systemd"),
    Need("_with_nginx", lambda: _program("nginx", "/usr/sbin"), "apt install nginx-light"),
)
HERE = Path(__file__).parent
WAITING = ("_in_chromium", "_in_xterm")
WAITING_S = 400
"""Of one test that waits for programs: three times what the slowest takes, on a machine that has other things to do."""


def _missing() -> dict[Need, int]:
    """What is not there, and how many files need it."""
    files = {need: sum(1 for _ in HERE.rglob(f"test_*{need.mark}*.py")) for need in NEEDS if not need.there()}
    return {need: count for need, count in files.items() if count}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all-needs", action="store_true", help="fail where something a test needs is missing")
    parser.addoption("--postgres", action="store_true", help="the hub's tests on PostgreSQL instead of SQLite")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--all-needs") and _missing():
        raise pytest.UsageError("missing here: " + "; ".join(need.how for need in _missing()))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    if config.getoption("--postgres") and collection_path.name.endswith("_on_sqlite.py"):
        return True
    missing = (need for need in NEEDS if need.mark in collection_path.name and not need.there())
    return True if next(missing, None) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys wait more than they work: begun first, they never leave one worker waiting at the end."""
    items.sort(key=lambda item: "journeys" not in item.path.parts)
    for item in items:
        if _waits(item.path) and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(WAITING_S))


def _waits(path: Path) -> bool:
    """Whether a file's tests wait for programs of their own: browsers, terminals, whole stations."""
    return not {"journeys", "kiosk"}.isdisjoint(path.relative_to(HERE).parts) or any(
        name in path.name for name in WAITING
    )


def pytest_collection_finish() -> None:
    """A fifth of the time of the hub's tests was the collector going over modules that stay, again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if missing := _missing():
        parts = [f"{count} file(s) *{need.mark} ({need.how})" for need, count in missing.items()]
        terminalreporter.write_line("Left out on this machine: " + "; ".join(parts))


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Where a test gets its databases from."""
    found = Databases(tmp_path_factory.mktemp("databases"), bool(request.config.getoption("--postgres")))
    found.start()
    yield found
    found.stop()


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """A database of the test's own; SQLite in memory, or a copy of one with every table."""
    with databases.fresh() as url:
        yield url
