"""A few seconds of it; minutes by `make soak MINUTES=...`."""

import random
from pathlib import Path

import pytest

from tests.kiosk.soak import Soak

SECONDS = 10


@pytest.mark.timeout(240)
def test_whatever_is_done_to_it_it_ends_on_the_attract_screen_with_a_whole_outbox(tmp_path: Path) -> None:
    print(Soak(tmp_path, random.Random(11)).run(SECONDS / 60))
