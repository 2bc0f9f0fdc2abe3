"""What stands on the glass: language, colours, age of the data, silence."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

import kiosk.screens
from kiosk.screen import Entry
from shared.board import BOARD, SETTINGS
from shared.discovery import collect
from shared.settings_message import OpenAlert
from shared.states import State
from shared.text import Text
from tests.kiosk.glass import kiosk as open_kiosk
from tests.kiosk.station import NOW, StandingClock, board, facility, furnish, said, told

pytestmark = pytest.mark.anyio

PLEDGE = [Text(f"第 {n} 条承诺，一律不收费", f"Promise number {n}: nothing is charged") for n in range(8)]

ROADS: dict[str, Sequence[str]] = {
    "attract": [],
    "home": ["start"],
    "check_in": ["start", "tile-0"],
    "thanks": ["start", "tile-0", "o-1"],
    "feedback": ["start", "tile-1"],
    "reasons": ["start", "tile-1", "score-2"],
    "fault": ["start", "tile-2"],
    "problem": ["start", "tile-2", "subject-0"],
    "board": ["start", "tile-3"],
    "pledge": ["start", "tile-4"],
    "hotline": ["start", "tile-5"],
}
"""How a person comes to each screen; `not_kept` and `still_there` come by themselves, `phone` where codes are shown."""


async def test_there_is_a_road_to_every_screen() -> None:
    assert set(ROADS) | {"not_kept", "still_there", "phone"} == set(collect(kiosk.screens, "ENTRY", Entry))


@pytest.mark.parametrize("road", ["thanks", "problem", "check_in"])
async def test_primary_tiles_are_five_rows(tmp_path: Path, road: str) -> None:
    async with open_kiosk(furnish(tmp_path)) as glass:
        await glass.tap(*ROADS[road])
        tile = {"thanks": "#done", "problem": "#p-danger", "check_in": "#o-0"}[road]
        assert glass.app.screen.query_one(tile).region.height >= 5


async def test_english_is_one_touch_and_chinese_is_back_at_the_start(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start", "language")
        assert "Check in" in glass.text()
        assert "签" not in glass.text()
        await glass.tap("tile-0", "o-1")
        assert "Checked in: Courier" in glass.text()
        await glass.tap("done", "start")
        assert "签 到" in glass.text()


async def test_colours_are_back_at_the_start(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path)) as glass:
        usual = glass.app.theme
        await glass.tap("start", "contrast")
        assert glass.app.theme != usual
        await glass.tap("to-start")
        assert glass.app.theme == usual


async def test_a_touch_anywhere_starts(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path)) as glass:
        await glass.pilot.click(offset=(3, 10))
        await glass.pilot.pause()
        assert glass.screen == "HomeScreen"


async def test_the_number_pad_presses_tiles_and_escape_goes_back(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start")
        await glass.comes("HomeScreen")
        await glass.pilot.press("4")
        await glass.comes("BoardScreen")
        await glass.pilot.press("escape")
        await glass.comes("HomeScreen")


async def test_enter_and_tab_press_nothing_after_a_touch(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start", "contrast")
        await glass.pilot.pause(0.6)
        theme = glass.app.theme
        await glass.pilot.press("tab", "enter", "space", "enter")
        await glass.pilot.pause(0.3)
        assert glass.screen == "HomeScreen"
        assert glass.app.theme == theme
        assert glass.app.focused is None


@pytest.mark.parametrize("rounds", [0, 5, 8, 11])
async def test_a_question_counts_down_however_far_it_is_composed(tmp_path: Path, rounds: int) -> None:
    clock = StandingClock()
    async with open_kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start")
        clock.pass_(30)
        glass.app.tick()
        for _ in range(rounds):
            await asyncio.sleep(0)
        clock.pass_(1)
        glass.app.tick()
        await glass.quiet()
        assert "19" in glass.text()


async def test_home_asks_after_thirty_seconds_and_any_touch_stays(tmp_path: Path) -> None:
    clock = StandingClock()
    async with open_kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start")
        clock.pass_(30)
        await glass.tick()
        assert glass.screen == "StillThere"
        clock.pass_(3)
        await glass.tick()
        assert "17" in glass.text()
        glass.app.idle.touched(clock.uptime)
        await glass.tick()
        assert glass.screen == "HomeScreen"
        clock.pass_(31)
        await glass.tick()
        await glass.tap("leave")
        assert glass.screen == "AttractScreen"


async def test_a_clock_that_is_set_does_not_end_a_screen(tmp_path: Path) -> None:
    clock = StandingClock()
    async with open_kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start")
        clock.at += timedelta(days=365)
        await glass.tick()
        assert glass.screen == "HomeScreen"


async def test_the_board_follows_the_station(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path, board([facility("fridge-1", cabinet_temperature=4.0)]))) as glass:
        await glass.tap("start", "tile-3")
        await glass.pilot.pause()
        assert "● 正常  4°C" in glass.text()
        tripped = facility("outlets-1", State.DOWN, why=Text("插座跳闸", "Tripped"))
        furnish(tmp_path, board([facility("fridge-1", busy=True), tripped]))
        await glass.tick()
        await glass.pilot.pause()
        assert "● 使用中" in glass.text()
        assert "■ 不可用" in glass.text()
        assert "插座跳闸" in glass.text()


async def test_old_data_are_said_to_be_old(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path, board(at=NOW - timedelta(minutes=12)))) as glass:
        await glass.tap("start", "tile-3")
        await glass.pilot.pause()
        assert "数据已过时（12 分钟前）" in glass.text()
        assert "○ 未知" in glass.text()
        assert "● 正常" not in glass.text()


@pytest.mark.parametrize("content", [None, "{", '{"written_at": 1}'], ids=["missing", "half", "foreign"])
async def test_without_board_and_settings_the_glass_says_so_and_people_still_speak(
    tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / BOARD).write_text(content)
        (tmp_path / SETTINGS).write_text(content)
    async with open_kiosk(tmp_path) as glass:
        assert "现在没有设备数据" in glass.text()
        await glass.tap("start", "tile-3")
        assert "现在没有设备数据" in glass.text()
        await glass.tap("back", "tile-4")
        assert "本站还没有收到服务承诺的文字" in glass.text()
        await glass.tap("back", "tile-5")
        assert "12351" in glass.text()
        await glass.tap("back", "tile-2")
        await glass.tap("subject-2", "p-other", "done")
        await glass.tap("start", "tile-0", "o-0")
    assert len(said(tmp_path)) == 2


async def test_a_known_fault_stands_on_its_tile(tmp_path: Path) -> None:
    alert = OpenAlert(facility="fridge-1", subject="fridge-1", opened_at=NOW)
    async with open_kiosk(furnish(tmp_path, settings=told(alerts=[alert]))) as glass:
        await glass.tap("start", "tile-2")
        assert "已报修" in glass.text()


async def test_the_attract_screen_says_what_works_and_how_many_came(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path, board(entered_today=131))) as glass:
        assert "玄 武 湖 驿 站" in glass.text()
        assert "今天约 131 人次进站" in glass.text()
        assert "今天签到 0 人次" in glass.text()


async def test_the_hubs_hotline_and_pledge_are_shown(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path, settings=told(pledge=PLEDGE[:2], hotline="4008"))) as glass:
        await glass.tap("start", "tile-4")
        assert "2  第 1 条承诺" in glass.text()
        assert "开放：每天 09:00 至 17:00" in glass.text()
        await glass.tap("back", "tile-5")
        assert "4008" in glass.text()


async def test_faces_are_drawn_for_the_size_of_the_glass(tmp_path: Path) -> None:
    async with open_kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start", "tile-1")
        tile = glass.app.screen.query_one("#score-4")
        before = str(tile.render())
        await glass.pilot.resize_terminal(120, 34)
        await glass.pilot.pause(0.2)
        assert glass.app.screen.query_one("#score-4") is tile
        assert len(str(tile.render())) > len(before)
