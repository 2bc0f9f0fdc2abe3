"""S9: the union's promises whole, the hours as filed, what is kept of a person, and whom to tell."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.paging import PAGE_S
from shared.opening import Closure, Opening
from shared.text import Text
from tests.kiosk.glass import kiosk
from tests.kiosk.station import StandingClock, furnish, told
from tests.kiosk.test_geometry import assert_fits

pytestmark = pytest.mark.anyio
FREE = "免费提供饮水、充电、热饭、冷藏、休息、如厕，一律不收费，一律不登记"
LONG = [Text(f"第 {n} 条：{FREE}", f"{n}: everything here is free " * 3) for n in range(11)]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(64, 20), (80, 23)])
async def test_promises_that_do_not_fit_take_turns_and_none_is_cut(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path, settings=told(pledge=LONG)), clock, size=size) as glass:
        await glass.walk("start", *(["language"] if language == "en" else []), "tile-4")
        seen = ""
        for _ in range(16):
            await glass.tick()
            assert_fits(glass)
            seen += glass.text()
            assert "12351" in glass.text()
            clock.pass_(PAGE_S)
            glass.app.idle.touched(clock.uptime)
        letters = "".join(seen.split())
        assert all("".join(line.say("en" if language == "en" else "zh").split()) in letters for line in LONG)


async def test_hours_weekdays_closures_and_retention_are_said(tmp_path: Path) -> None:
    past, coming = (
        Closure(first=date(2026, 11, 1), last=date(2026, 11, 2)),
        Closure(first=date(2026, 12, 1), last=date(2026, 12, 3)),
    )
    opening = Opening(start="08:00", end="20:00", weekdays=[4, 0, 1], closures=[past, coming])
    async with kiosk(furnish(tmp_path, settings=told(opening=opening))) as glass:
        await glass.walk("start", "tile-4")
        text = glass.text()
    assert "开放：周一、周二、周五 08:00 至 20:00" in text
    assert "12-01 至 12-03 不开放" in text
    assert "11-01" not in text
    assert "签到明细存 90 天，之后只留人数" in text


async def test_nothing_is_promised_that_the_hub_has_not_sent(tmp_path: Path) -> None:
    async with kiosk(tmp_path) as glass:
        await glass.walk("start", "tile-4")
        assert "本站还没有收到服务承诺的文字" in glass.text()
        assert "开放：" not in glass.text()
