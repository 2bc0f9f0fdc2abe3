"""When something was done, of clocks that are wrong."""

from datetime import timedelta

import pytest

from hub.offline.clocks import LONGEST_AWAY, done_at
from tests.hub.said import NOW

DAY = timedelta(days=1)


@pytest.mark.parametrize("error", [timedelta(0), -DAY, 3 * DAY, timedelta(seconds=40)])
def test_how_long_ago_survives_a_clock_that_is_off(error: timedelta) -> None:
    ago = timedelta(hours=72)
    assert done_at(NOW - ago + error, NOW + error, NOW) == NOW - ago


def test_what_cannot_be_is_now() -> None:
    assert done_at(NOW + DAY, NOW, NOW) == NOW
    assert done_at(NOW - LONGEST_AWAY - DAY, NOW, NOW) == NOW
