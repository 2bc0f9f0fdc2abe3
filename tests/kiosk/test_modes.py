"""The question on the attract screen, large letters, and the digit on each tile."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.content import Content

from kiosk.big import ROWS
from kiosk.heading import Heading
from kiosk.screens.attract import STILL_NEWS_S
from kiosk.sign import Big, SignTile
from kiosk.touch import Touch, keys
from shared.choice import Choice
from shared.records import CheckIn, Feedback, Retraction
from shared.text import Text
from tests.kiosk.glass import LET_GO_S, Glass
from tests.kiosk.glass import kiosk as open_kiosk
from tests.kiosk.station import SEVEN, StandingClock, board, furnish, keyed, said, told
from tests.kiosk.test_geometry import assert_fits

pytestmark = pytest.mark.anyio


def painted(glass: Glass, tile: str) -> str:
    """The first line of a tile as it stands on the glass."""
    return glass.app.screen.query_one(f"#{tile}", Touch).render_line(0).text


async def test_a_happy_face_counts_straight_from_idle(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path)) as glass:
        await glass.tap("score-4")
        assert glass.screen == "ThanksScreen"
        await glass.tap("done")
        assert glass.screen == "AttractScreen"
    assert said(tmp_path) == [Feedback(score=4)]


async def test_it_can_be_undone_like_any_other_answer(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path)) as glass:
        await glass.tap("score-3", "undo", "done")
    assert [type(fact) for fact in said(tmp_path)] == [Feedback, Retraction]


async def test_an_unhappy_face_is_asked_why_and_counts_once(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path)) as glass:
        await glass.tap("score-1")
        assert glass.screen == "ReasonsScreen"
        await glass.tap("r-water", "submit")
        assert glass.screen == "ThanksScreen"
        await glass.tap("done")
    assert said(tmp_path) == [Feedback(score=1, tags=["water"])]


async def test_who_leaves_after_an_unhappy_face_has_answered_once(tmp_path: Path) -> None:
    clock = StandingClock()
    async with open_kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("score-2")
        clock.pass_(51)
        await glass.tick()
        assert glass.screen == "AttractScreen"
    assert said(tmp_path) == [Feedback(score=2)]


async def test_back_from_the_reasons_takes_the_face_back(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path)) as glass:
        await glass.tap("score-2", "back")
        assert glass.screen == "HomeScreen"
        await glass.tap("to-start")
    assert said(tmp_path) == []


async def test_large_letters_are_one_touch_and_gone_at_the_start(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start", "large")
        tiles = list(glass.app.screen.query("Tiles Touch").results(Touch))
        assert len(tiles) == 4
        assert all("█" in str(tile.render()) for tile in tiles)
        await glass.tap("to-start", "start")
        assert len(glass.app.screen.query("Tiles Touch")) == 6
        assert not glass.app.has_class("large")


HEADED = {
    "feedback": ["tile-1"], "reasons": ["tile-1", "score-2"], "fault": ["tile-2"], "problem": ["tile-2", "subject-1"],
    "board": ["tile-3"], "pledge": ["tile-3", "pledge"], "phone": ["tile-0", "phone"],
}  # fmt: skip


@pytest.mark.parametrize("screen", HEADED)
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_headings_are_big_in_large_letters_and_one_line_in_the_usual_ones(
    tmp_path: Path, screen: str, language: str
) -> None:
    other = ["language"] if language == "en" else []
    async with open_kiosk(keyed(tmp_path, board(SEVEN[:3]))) as glass:
        await glass.walk("start", "large", *other, *HEADED[screen])
        heading = glass.app.screen.query_one(Heading)
        assert "█" in str(heading.render())
        assert heading.size.height >= ROWS
        await glass.pilot.resize_terminal(64, 20)
        await glass.tick()
        await glass.pilot.pause()
        assert_fits(glass)
    async with open_kiosk(tmp_path) as glass:
        await glass.walk("start", *other, *(["tile-4"] if screen == "pledge" else HEADED[screen][:1]))
        assert all("█" not in str(heading.render()) for heading in glass.app.screen.query(Heading))


async def test_what_to_do_in_danger_is_said_in_either_size(tmp_path: Path) -> None:
    for mode in ([], ["large"]):
        async with open_kiosk(furnish(tmp_path)) as glass:
            await glass.walk("start", *mode, "tile-2", "subject-1")
            assert "有危险时请先离开，再拨 12351 / 119" in glass.text()


async def test_all_that_home_offers_can_be_reached_in_large_letters(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path), size=(120, 34)) as glass:
        await glass.walk("start", "large")
        tiles = list(glass.app.screen.query("Tiles Touch").results(Touch))
        assert len(tiles) == 6
        assert all("█" in str(tile.render()) for tile in tiles)
        await glass.pilot.resize_terminal(80, 23)
        await glass.quiet()
        assert len(glass.app.screen.query("Tiles Touch")) == 4
        await glass.walk("tile-3")
        assert glass.screen == "BoardScreen"
        await glass.walk("pledge")
        assert glass.screen == "PledgeScreen"
        await glass.walk("back", "fault")
        assert glass.screen == "FaultScreen"


async def test_no_digit_covers_a_letter(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path)) as glass:
        await glass.walk("start", "large", "contrast")
        await glass.quiet()
        for tile in keys(glass.app.screen):
            label = Content.from_text(tile.label).plain
            assert isinstance(tile, SignTile) or label in painted(glass, str(tile.id)), label


async def test_the_seconds_left_stand_in_big_digits(tmp_path: Path) -> None:
    clock = StandingClock()
    async with open_kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start")
        clock.pass_(33)
        await glass.tick()
        shown = glass.app.screen.query_one("#countdown", Big)
        assert shown.words == "17"
        assert shown.size.height == ROWS
        assert "█" in str(shown.render())


async def test_silence_ends_large_letters_too(tmp_path: Path) -> None:
    clock = StandingClock()
    async with open_kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start", "large")
        clock.pass_(51)
        await glass.tick()
        assert glass.screen == "AttractScreen"
        assert not glass.app.desk.large


async def test_every_occupation_can_be_reached_in_large_letters(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start", "large", "tile-0")
        seen: list[str] = []
        while (ids := [tile.id for tile in glass.app.screen.query("#pages Touch") if tile.display])[0] not in seen:
            seen += [str(tile) for tile in ids]
            await glass.tap("more")
            await glass.pilot.pause(LET_GO_S)
        assert {one for one in seen if one != "more"} == {f"o-{number}" for number in range(8)}
        while not glass.app.screen.query_one("#o-4").display:
            await glass.tap("more")
            await glass.pilot.pause(LET_GO_S)
        assert "出租车司机" in glass.text()
        await glass.tap("o-4")
    assert said(tmp_path) == [CheckIn(occupation="taxi_driver")]


async def test_in_large_letters_an_occupation_of_the_hubs_own_stands_in_its_words(tmp_path: Path) -> None:
    own = [Choice(id="gardener", label=Text("园艺工", "Gardener"))]
    async with open_kiosk(furnish(tmp_path, settings=told(occupations=own))) as glass:
        await glass.tap("start", "large", "tile-0")
        assert "园艺工" in glass.text()
        assert not glass.app.screen.query_one("#more").display


async def test_tiles_show_their_key(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start")
        shown = [painted(glass, str(tile.id))[:3].strip() for tile in keys(glass.app.screen)]
        assert shown == [*"1234567890"]
        await glass.tap("tile-1")
        assert painted(glass, "back").startswith(" 0 ")


async def test_digits_follow_the_tiles_that_stand(tmp_path: Path) -> None:
    clock = StandingClock()
    async with open_kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start", "tile-0", "o-0")
        assert painted(glass, "done").startswith(" 3 ")
        await glass.tap("undo")
        await glass.quiet()
        assert painted(glass, "done").startswith(" 2 ")


async def test_news_take_turns(tmp_path: Path) -> None:
    notices = [Text("明天停水", "No water tomorrow")]
    clock = StandingClock()
    settings = replace(told(), notices=notices)
    async with open_kiosk(furnish(tmp_path, settings=settings), clock) as glass:
        lines = set()
        for _ in range(2):
            await glass.tick()
            lines.add("明天停水" in glass.text())
            clock.uptime += STILL_NEWS_S if glass.app.animation_level == "none" else 8.0
            clock.at += timedelta(seconds=1)
        assert lines == {True, False}


async def test_a_long_name_stands_beneath_the_sign(tmp_path: Path) -> None:
    long = replace(told(), name=Text("南京西路街道户外职工爱心接力站", "Nanjing West Road station"))
    async with open_kiosk(furnish(tmp_path, settings=long)) as glass:
        shown = str(glass.app.screen.query_one("#title").render())
        assert "█" in shown
        assert "南京西路街道户外职工爱心接力站" in shown
