"""S0: every facility with name and word, what does not work before what does, and notices to their end."""

from pathlib import Path

import pytest

from kiosk.screens.attract import NEWS_S, STILL_NEWS_S
from kiosk.touch import Words
from shared.board import BoardFacility
from shared.states import State
from shared.text import Text
from tests.kiosk.glass import Glass, kiosk
from tests.kiosk.station import StandingClock, board, facility, furnish, told
from tests.kiosk.test_geometry import assert_fits

pytestmark = pytest.mark.anyio

SIZES = [(64, 20), (80, 23), (120, 34)]


def chips(glass: Glass) -> list[str]:
    """What stands there now, in reading order."""
    found = glass.app.screen.query(".chip").results(Words)
    return [str(chip.content).strip() for chip in found if chip.display]


def named(name: str, label: str, state: State = State.OK) -> BoardFacility:
    return BoardFacility(id=name, kind=name.rpartition("-")[0], label=Text(label, label), state=state)


async def test_a_value_stands_for_the_word_only_where_it_plainly_works(tmp_path: Path) -> None:
    shown = [
        facility("fridge-1", State.DOWN, cabinet_temperature=18.0),
        facility("air_conditioner-1", State.DEGRADED, room_temperature=31.0),
        facility("drinking_water-1", hot_water_temperature=95.0),
    ]
    async with kiosk(furnish(tmp_path, board(shown))) as glass:
        assert chips(glass) == ["■ 冰箱 不可用", "▲ 空调 受限", "● 饮用水 95°C"]


@pytest.mark.parametrize("size", SIZES)
async def test_a_long_name_is_shortened_and_its_word_stays(tmp_path: Path, size: tuple[int, int]) -> None:
    shown = [named(f"fridge-{n}", f"二楼东侧休息室靠窗冰箱以及其他{n}", State.DOWN) for n in range(1, 6)]
    async with kiosk(furnish(tmp_path, board(shown)), size=size) as glass:
        assert_fits(glass)
        for chip in chips(glass):
            assert chip.startswith("■ 二楼东")
            assert chip.endswith("不可用")
            assert "…" in chip


@pytest.mark.parametrize("size", SIZES)
async def test_of_many_those_that_do_not_work_come_first_and_the_rest_is_counted(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    many = [facility(f"fridge-{n}") for n in range(1, 13)]
    shown = [*many, facility("microwave-1", State.DEGRADED), facility("outlets-1", State.DOWN)]
    async with kiosk(furnish(tmp_path, board(shown)), size=size) as glass:
        assert_fits(glass)
        assert chips(glass)[:3] == ["■ 充电插座 不可用", "▲ 微波炉 受限", "● 冰箱 正常"]
        assert chips(glass)[-1] == "另有 7 项"


@pytest.mark.parametrize("size", SIZES)
async def test_a_long_notice_is_told_to_its_end(tmp_path: Path, size: tuple[int, int]) -> None:
    notice = (
        "因市政管网检修，本周六上午八点至下午五点停水，届时饮水机与卫生间无法使用，驿站内饮用水由值守员发放，请大家谅解。"
        * 2
    )
    clock = StandingClock()
    async with kiosk(furnish(tmp_path, settings=told(notices=[Text(notice, notice)])), clock, size=size) as glass:
        heard = ""
        stands = STILL_NEWS_S if glass.app.animation_level == "none" else NEWS_S
        for _ in range(12):
            await glass.tick()
            assert_fits(glass)
            heard += str(glass.app.screen.query_one("#news", Words).content).removesuffix("…").removeprefix("…")
            clock.pass_(stands)
            furnish(tmp_path, board(at=clock.at), told(notices=[Text(notice, notice)]))
        assert notice in heard
