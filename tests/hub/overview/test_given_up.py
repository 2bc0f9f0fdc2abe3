"""What a station had to give up, in words."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from hub.overview.given_up import UNREADABLE, given_up

NOON = datetime(2026, 7, 15, 4, 0, tzinfo=UTC)


@dataclass
class Gap:
    counts: dict[str, int] = field(default_factory=lambda: {"minute": 1})
    oldest: datetime | None = NOON
    newest: datetime | None = NOON


def test_who_gave_nothing_up_has_no_line() -> None:
    assert given_up([]) is None
    assert given_up([Gap({})]) is None
    assert given_up([Gap({"minute": 0})]) is None


@pytest.mark.parametrize(
    ("oldest", "newest", "zh", "en"),
    [
        (NOON, NOON + timedelta(hours=3), "7月15日 12:00 至 7月15日 15:00", "15 Jul 12:00 to 15 Jul 15:00"),
        (NOON, NOON, "7月15日 12:00", "15 Jul 12:00"),
        (None, NOON, "7月15日 12:00 及以前", "15 Jul 12:00 and before"),
        (None, None, "时间不详", "time unknown"),
    ],
)
def test_a_time_that_nobody_knows_is_not_made_up(
    oldest: datetime | None, newest: datetime | None, zh: str, en: str
) -> None:
    told = given_up([Gap(oldest=oldest, newest=newest)])
    assert told is not None
    assert told.text.zh.endswith(f"：分钟状态 1 条（{zh}）。")
    assert told.text.en.endswith(f": minutes: 1 ({en}).")


def test_what_may_have_begun_at_any_time_leaves_the_beginning_open() -> None:
    told = given_up([Gap(oldest=NOON), Gap({UNREADABLE: 0}, oldest=None, newest=NOON + timedelta(hours=1))])
    assert told is not None
    assert (told.oldest, told.newest) == (None, NOON + timedelta(hours=1))


def test_where_one_number_is_not_known_their_sum_is_not_either() -> None:
    told = given_up([Gap({UNREADABLE: 7}), Gap({UNREADABLE: 0})])
    assert told is not None
    assert told.counts == {UNREADABLE: None}
    known = given_up([Gap({UNREADABLE: 7}), Gap({UNREADABLE: 2})])
    assert known is not None
    assert known.counts == {UNREADABLE: 9}


def test_a_type_of_a_later_station_is_told_under_its_own_name() -> None:
    told = given_up([Gap({"visit": 2, "minute": 1})])
    assert told is not None
    assert "分钟状态 1 条、visit 2 条" in told.text.zh
