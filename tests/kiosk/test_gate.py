"""What a finger or a key may mean when screens come and go under it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen

from kiosk.gate import Gate, Meant
from kiosk.guard import ALONE_S, SETTLE_S
from kiosk.screen import ContrastChosen, LanguageChosen, LargeChosen
from kiosk.screens.home import HomeScreen
from kiosk.touch import Touch
from tests.kiosk.glass import kiosk
from tests.kiosk.station import StandingClock, furnish, said

pytestmark = pytest.mark.anyio


def key(name: str, at: float) -> events.Key:
    pressed = events.Key(name, name if len(name) == 1 else None)
    pressed.time = at
    return pressed


def test_nothing_is_meant_for_a_screen_that_has_not_been_painted() -> None:
    gate, first, second = Gate(), Screen[object](), Screen[object]()
    assert gate.hear(key("escape", 0.0), first, 80) is Meant.NOTHING
    gate.settled(first, 0.0)
    assert gate.hear(key("escape", SETTLE_S), first, 80) is Meant.BACK
    assert gate.hear(key("escape", 5.0), second, 80) is Meant.NOTHING
    assert not gate.hears(second)


def test_a_digit_counts_only_where_it_was_pressed() -> None:
    gate, first, second = Gate(), Screen[object](), Screen[object]()
    gate.settled(first, 0.0)
    for at, top in ((1.0, first), (2.0, second)):
        assert gate.hear(key("1", at), first, 80) is Meant.PAD
        assert gate.due(top, at + ALONE_S) == ("1" if top is first else None)
    assert gate.hear(key("1", 3.0), first, 80) is Meant.PAD
    gate.changed(3.05)  # something came and went meanwhile
    assert gate.due(first, 3.0 + ALONE_S) is None


@pytest.mark.parametrize("chosen", [LanguageChosen, LargeChosen, ContrastChosen])
async def test_what_is_chosen_in_going_does_not_stand_on_the_first_screen(
    tmp_path: Path, chosen: Callable[[], Message]
) -> None:
    async with kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start")
        home = glass.app.screen
        assert isinstance(home, HomeScreen)
        home.action_back()
        home.post_message(chosen())
        await glass.quiet()
        assert glass.screen == "AttractScreen"
        assert glass.app.desk.language == "zh"
        assert not glass.app.has_class("large")
        assert not glass.app.has_class("contrast")


async def test_a_tile_of_a_screen_that_has_been_left_says_nothing(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start", "tile-0")
        left, tile = glass.app.screen, await glass._find("o-0", on_top=True)
        left.post_message(Touch.Pressed(tile))
        glass.app.pop_screen()  # a key's way is shorter than that of a finger through the tile
        await glass.quiet()
        assert glass.screen == "HomeScreen"
    assert said(tmp_path) == []


async def test_a_key_that_lies_pressed_keeps_no_screen(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start")
        for _ in range(60):
            clock.pass_(1)
            await glass.pilot.press("q", "ctrl+c", "f1")
            await glass.tick()
        assert glass.screen == "AttractScreen"


async def test_a_touch_that_was_heard_keeps_it(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start")
        for _ in range(12):
            clock.pass_(10)
            await glass.heard()
            await glass.pilot.click(offset=(3, 1))
            await glass.tick()
        assert glass.screen == "HomeScreen"


async def test_a_glass_that_was_never_told_it_is_painted_hears_again_within_a_second(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start")
        glass.app._gate = Gate()
        await glass.tick()
        assert glass.app._gate.hears(glass.app.screen)


def finger(kind: type[events.MouseDown | events.MouseUp]) -> events.MouseEvent:
    """Where nothing lies that it could press."""
    return kind(None, 3, 3, 0, 0, 1, False, False, False, 3, 3)


async def test_when_everything_has_moved_a_finger_that_was_on_its_way_means_nothing(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start")
        await glass.heard()
        app = glass.app
        assert app._admits(finger(events.MouseDown))
        app.on_resize(events.Resize(Size(64, 20), Size(64, 20)))
        assert not app._admits(finger(events.MouseUp)), "what it was pressed on lies elsewhere"
        assert not app._admits(finger(events.MouseDown)), "and nothing has been painted yet"
        await glass.heard()
        app.on_resize(events.Resize(Size(64, 20), Size(64, 20)))  # the same size, said again
        assert app._admits(finger(events.MouseDown))


async def test_a_screen_beneath_does_not_say_how_long_the_one_on_top_stands(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start")
        glass.app.screen_stack[0].post_message(events.ScreenResume())  # late: the attract screen may stand for ever
        await glass.quiet()
        clock.pass_(51)
        await glass.tick()
        assert glass.screen == "AttractScreen"
