import pytest

from kiosk.idle import FOREVER, Idle, IdleWatch, Limits

ASKING = Limits(30, 20)


@pytest.mark.parametrize(
    ("limits", "silence", "verdict"),
    [
        (ASKING, 29.9, Idle.ACTIVE),
        (ASKING, 30, Idle.WARN),
        (ASKING, 49.9, Idle.WARN),
        (ASKING, 50, Idle.OVER),
        (Limits(10, 0), 9.9, Idle.ACTIVE),
        (Limits(10, 0), 10, Idle.OVER),
        (FOREVER, 1e9, Idle.ACTIVE),
    ],
)
def test_silence_is_warned_of_and_then_ends_the_screen(limits: Limits, silence: float, verdict: Idle) -> None:
    watch = IdleWatch()
    watch.entered(limits, 1000)
    assert watch.verdict(1000 + silence) is verdict


def test_a_touch_starts_it_again_as_often_as_a_person_likes() -> None:
    watch = IdleWatch()
    watch.entered(ASKING, 0)
    for now in range(45, 4500, 45):
        assert watch.verdict(now) is Idle.WARN
        watch.touched(now)
        assert watch.verdict(now) is Idle.ACTIVE


def test_the_warning_leaves_at_least_twenty_seconds() -> None:
    watch = IdleWatch()
    watch.entered(Limits(30), 0)
    assert watch.left(30) == 20
