"""Faults by the seed: `make test-faults FAULT_ARGS="--minutes 30 --seed 7"`. The seed of a run is printed."""

from collections.abc import Iterator
from pathlib import Path
from random import Random, SystemRandom

import pytest

from tests.faults.house import House, Hub

SHORT_MINUTES = 0.5
"""Of random faults, a broker."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--minutes", type=float, default=SHORT_MINUTES, help="how long random faults go on, each broker")
    parser.addoption("--long", action="store_true", help="a whole day of a thousand stations, and longer searches")
    parser.addoption("--seed", type=int, default=20260311, help="what decides which faults; 0: another one each time")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What takes minutes by the clock is left to the long form."""
    return True if collection_path.name.endswith("_long.py") and not config.getoption("--long") else None


@pytest.fixture
def minutes(request: pytest.FixtureRequest) -> float:
    """How long random faults go on."""
    return float(request.config.getoption("--minutes"))


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """Whether time does not matter."""
    return bool(request.config.getoption("--long"))


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> Random:
    """What decides, repeatably."""
    seed = int(request.config.getoption("--seed")) or SystemRandom().randrange(1, 10**9)
    print(f"\nseed {seed}")
    return Random(seed)


@pytest.fixture
def house(tmp_path: Path, chance: Random) -> Iterator[House]:
    """A hub with its embedded broker, running."""
    made = House(tmp_path, Hub(tmp_path / "hub"), chance)
    try:
        made.hub.start()
        yield made
    finally:
        made.close()
