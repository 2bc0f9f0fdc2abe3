"""A day's visits: repeatable, queued, and shaped like a day."""

import pytest

from simulators.people import DAY_S, Use, Uses, Visit, day_start, draw_visits, local_day, uses

DAY = 20_500


def test_a_day_is_the_same_every_time_and_another_seed_is_another_day():
    assert draw_visits("a", DAY, 40, 2) == draw_visits("a", DAY, 40, 2)
    assert draw_visits("a", DAY, 40, 2) != draw_visits("b", DAY, 40, 2)
    assert draw_visits("a", DAY, 40, 2) != draw_visits("a", DAY + 1, 40, 2)


def test_visits_lie_within_their_local_day_and_are_about_as_many_as_asked():
    days = [draw_visits("a", DAY + number, 40, 2) for number in range(28)]

    assert all(
        day_start(DAY + n) <= visit.arrive < visit.leave < day_start(DAY + n + 1)
        for n, day in enumerate(days)
        for visit in day
    )
    assert 34 < sum(len(day) for day in days) / 28 < 44


def test_local_days_begin_at_four_in_the_afternoon_utc():
    assert day_start(DAY) % DAY_S == 16 * 3600
    assert local_day(day_start(DAY)) == DAY
    assert local_day(day_start(DAY) - 1) == DAY - 1


def test_meals_queue_for_the_oven():
    day = uses([Visit(1000 + number, 2000, meal_s=100) for number in range(4)])

    assert len(day.heating) == 4
    assert all(before.end < after.start for before, after in zip(day.heating, day.heating[1:], strict=False))


def test_uses_are_asked_forward_in_time():
    planned = Uses()
    planned.add([Use(10, 20), Use(30, 40)])

    assert planned.at(5) is None
    assert planned.edge(5) == 10
    assert planned.at(10) == Use(10, 20)
    assert planned.edge(10) == 20
    assert planned.within(15, 35) == [Use(10, 20), Use(30, 40)]
    assert planned.at(20) is None
    assert planned.edge(40) == float("inf")


@pytest.mark.parametrize("share", [0.0, 5.0])
def test_something_unexpected_lies_between(share):
    planned = Uses()
    planned.add([Use(100, 120)])
    planned.add([Use(50 + share, 60)])

    assert planned.edge(0) == 50 + share
