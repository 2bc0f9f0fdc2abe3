"""A number pad: every tile shows the key that presses it, and the way back is always 0."""

from pathlib import Path

import pytest

from kiosk.touch import NO_KEY, keys
from shared.records import FaultReport, Feedback
from tests.kiosk.glass import Glass, kiosk
from tests.kiosk.station import StandingClock, board, facility, furnish, keyed, said
from tests.kiosk.test_attendant import knock, station
from tests.kiosk.test_geometry import assert_fits

pytestmark = pytest.mark.anyio

FIFTEEN = [facility(f"fridge-{number}") for number in range(1, 16)]


async def press(glass: Glass, screen: str, *pad: str) -> None:
    """Press keys one after the other, as a person does, and wait until a screen is up."""
    for key in pad:
        await glass.heard()
        await glass.pilot.press(key)
        await glass.pilot.pause(0.3)
    await glass.comes(screen)


@pytest.mark.parametrize("size", [(64, 20), (80, 23)])
async def test_an_unhappy_answer_is_submitted_from_the_pad(tmp_path: Path, size: tuple[int, int]) -> None:
    async with kiosk(keyed(tmp_path), size=size) as glass:
        await press(glass, "ReasonsScreen", "4")
        await press(glass, "ThanksScreen", "9", "+")
    assert said(tmp_path) == [Feedback(score=1, tags=["other"])]


async def test_nought_goes_back_from_wherever_one_can(tmp_path: Path) -> None:
    async with kiosk(keyed(tmp_path)) as glass:
        await press(glass, "ProblemScreen", "5", "3", "+")
        await press(glass, "FaultScreen", "0")
        await press(glass, "HomeScreen", "0")
        await press(glass, "AttractScreen", "0")


async def test_every_one_of_many_facilities_can_be_reported(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path, board(FIFTEEN)), size=(64, 20)) as glass:
        await glass.tap("start", "tile-2")
        seen: list[str] = []
        while (page := [str(tile.id) for tile in keys(glass.app.screen) if tile.id != "back"])[0] not in seen:
            assert_fits(glass)
            seen += page
            await glass.tap("more")
        assert {one for one in seen if one != "more"} == {f"subject-{number}" for number in range(18)}
        await press(glass, "ThanksScreen", "+", "6", "2")
    [fact] = said(tmp_path)
    assert isinstance(fact, FaultReport)
    assert fact.subject == "fridge-15"


async def test_what_lies_beneath_a_question_shows_no_keys(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start")
        home = glass.app.screen
        tile = home.query_one("#tile-0")
        assert tile.render_line(0).text.startswith(" 1 ")
        clock.pass_(30)
        await glass.tick()
        assert glass.screen == "StillThere"
        assert set(keys(home).values()) == {NO_KEY}
        assert not tile.render_line(0).text.strip()
        await glass.tap("stay")
        assert tile.render_line(0).text.startswith(" 1 ")


async def test_digits_of_the_code_are_erased_from_the_pad(tmp_path: Path) -> None:
    async with kiosk(station(tmp_path)) as glass:
        await knock(glass)
        await press(glass, "CodeScreen", "1", "2", "-")
        assert "● ○ ○ ○" in glass.text()
        await press(glass, "CodeScreen", "*")
        assert "○ ○ ○ ○" in glass.text()
