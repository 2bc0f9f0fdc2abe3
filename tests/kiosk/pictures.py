"""Pictures of every screen of the kiosk, in both languages and in its modes: python -m tests.kiosk.pictures [FOLDER].

The real app at a made-up station is drawn by Chromium from the corrected SVG, so that the pictures are the same
wherever they are made. What `docs/kiosk.md` shows lies in docs/images/kiosk.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path

from msgspec.structs import replace
from PIL import Image
from playwright.sync_api import FloatRect, Page, sync_playwright
from rich.console import Console
from rich.terminal_theme import TerminalTheme

import kiosk.screens
from kiosk import words
from kiosk.attendant.code import CodeScreen
from kiosk.attendant.menu import MenuScreen
from kiosk.picture import CELL_PX, ROW_PX, corrected
from kiosk.restarting import page
from kiosk.screen import Entry
from kiosk.screens.not_kept import NotKeptScreen
from shared.board import KioskKeys, write_keys
from shared.discovery import collect
from shared.settings_message import OpenAlert, Repaired
from shared.states import State
from shared.text import Text
from tests.kiosk.glass import ROOT, Glass
from tests.kiosk.glass import kiosk as open_kiosk
from tests.kiosk.phones import KEY, PUBLIC_URL, STATION
from tests.kiosk.station import NOW, SEVEN, StandingClock, board, facility, furnish, told
from tests.kiosk.test_screens import ROADS

FOLDER = ROOT / "docs" / "images" / "kiosk"
USUAL, SMALL, WIDE = (80, 23), (64, 20), (120, 34)
COLOURS = 96
PLAIN = TerminalTheme((0, 0, 0), (229, 229, 229), [(0, 0, 0)] * 8)
"""A terminal's own colours, which are all the keeper has."""
YESTERDAY = NOW - timedelta(days=1)
CORNER = (9, 41)
"""Where Rich's picture of a terminal begins inside its window."""
PLEDGE = [
    Text("免费：饮水、充电、热饭、冷藏、休息，一律不收费", "Free: water, charging, heating, cooling, rest"),
    Text("开放：高温与寒潮天延长开放", "Open longer on days of heat and cold"),
    Text("报修：三十分钟内响应，坏了贴牌公示", "Repairs: an answer within 30 minutes, a notice meanwhile"),
    Text("卫生：每天清洁，冰箱每周清理", "Clean: every day, the fridge every week"),
    Text("监督：不满意请打 12351，或点“服务评价”", "Not satisfied? Call 12351, or press Feedback"),
]
NOTICE = Text("明天 12 时至 14 时空调检修，请见谅", "Tomorrow 12:00 to 14:00 the air conditioner is serviced")


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, and how the glass comes to it."""

    name: str
    tiles: Sequence[str]
    size: tuple[int, int] = USUAL
    before: Sequence[str] = ()
    """Pressed on the home screen first: language, large, contrast."""


def shots() -> Iterator[Shot]:
    """Every screen in both languages, then the modes and the other sizes."""
    for name, road in ROADS.items():
        yield Shot(f"{name}-zh", road)
        if road:
            yield Shot(f"{name}-en", road, before=["language"])
    danger = ["start", "tile-2", "subject-2", "p-danger"]
    yield Shot("danger-zh", danger)
    yield Shot("danger-en", danger, before=["language"])
    phone = ["start", "tile-0", "phone"]
    yield Shot("phone-zh", phone, SMALL)
    yield Shot("phone-en", phone, SMALL, ["language"])
    yield Shot("home-large", ["start"], before=["large"])
    yield Shot("home-large-en", ["start"], before=["large", "language"])
    yield Shot("home-large-small", ["start"], SMALL, ["large"])
    yield Shot("home-large-wide", ["start"], WIDE, ["large"])
    yield Shot("check_in-large", ROADS["check_in"], before=["large"])
    yield Shot("check_in-large-wide", ROADS["check_in"], WIDE, ["large"])
    for name in ("feedback", "reasons", "fault", "problem", "board", "hotline"):
        yield Shot(f"{name}-large", ROADS[name], before=["large"])
    yield Shot("pledge-large", [*ROADS["board"], "pledge"], before=["large"])
    yield Shot("phone-large", phone, before=["large"])
    yield Shot("reasons-large-wide", ROADS["reasons"], WIDE, ["large"])
    yield Shot("problem-large-en", ROADS["problem"], before=["large", "language"])
    yield Shot("fault-large-contrast", ROADS["fault"], before=["large", "contrast"])
    yield Shot("hotline-wide", ROADS["hotline"], WIDE)
    yield Shot("hotline-small", ROADS["hotline"], SMALL)
    for name in ("home", "check_in", "feedback", "board", "thanks"):
        yield Shot(f"{name}-contrast", ROADS[name], before=["contrast"])
    yield Shot("home-large-contrast", ["start"], before=["large", "contrast"])
    for name in ("attract", "check_in", "feedback"):
        yield Shot(f"{name}-small", ROADS[name], SMALL)
        yield Shot(f"{name}-wide", ROADS[name], WIDE)


def station(folder: Path) -> Path:
    """A station where most things work: a fridge in use, an air conditioner being repaired, a notice."""
    busy = facility("microwave-1", busy=True)
    broken = facility("air_conditioner-1", State.DOWN, why=Text("不制冷", "Not cooling"))
    values: dict[str, dict[str, float]] = {
        "fridge-1": {"cabinet_temperature": 4.0},
        "drinking_water-1": {"hot_water_temperature": 95.0},
    }
    usual = [replace(one, values=values.get(one.id, {})) for one in SEVEN]
    shown = [{"microwave-1": busy, "air_conditioner-1": broken}.get(one.id, one) for one in usual]
    alert = OpenAlert(facility="air_conditioner-1", opened_at=NOW, promised_at=NOW + timedelta(hours=5))
    settings = told(alerts=[alert], pledge=PLEDGE)
    done = Repaired(
        facility="drinking_water-1", problem="no_cups", by_person=True, opened_at=YESTERDAY, repaired_at=YESTERDAY,
        reports=3,
    )  # fmt: skip
    told_by_hub = {"notices": [NOTICE], "repaired": [done], "public_url": PUBLIC_URL}
    write_keys(folder, KioskKeys(station=STATION, qr=KEY.hex(), card="0" * 64))
    return furnish(folder, board(shown, entered_today=131), replace(settings, **told_by_hub))


async def drawn(shot: Shot) -> str:
    """The glass as an SVG."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_kiosk(station(Path(folder)), StandingClock(), shot.size) as glass:
            if shot.before:
                await glass.walk("start", *shot.before, *shot.tiles[1:])
            else:
                await glass.walk(*shot.tiles)
            return await settled(glass)


async def settled(glass: Glass) -> str:
    """The glass once every tile has been let go."""
    await glass.tick()
    await glass.pilot.pause(0.3)
    return corrected(glass.app.export_screenshot())


async def by_themselves() -> dict[str, str]:
    """The screens that no tile opens."""
    keeper = Console(record=True, width=USUAL[0], height=USUAL[1], file=StringIO())
    keeper.print(page(*USUAL) + "\n" * USUAL[1], highlight=False, soft_wrap=True)
    pictures = {"restarting": corrected(keeper.export_svg(theme=PLAIN))}
    with tempfile.TemporaryDirectory() as folder:
        clock = StandingClock()
        async with open_kiosk(station(Path(folder)), clock) as glass:
            await glass.walk("start")
            clock.pass_(33)
            pictures["still_there-zh"] = await settled(glass)
        async with open_kiosk(station(Path(folder)), StandingClock()) as glass:
            glass.app.push_screen(NotKeptScreen(glass.app.desk, words.FULL))
            pictures["not_kept-zh"] = await settled(glass)
            glass.app.to_start()
            glass.app.push_screen(CodeScreen(glass.app.desk))
            pictures["attendant-code"] = await settled(glass)
            glass.app.to_start()
            glass.app.push_screen(MenuScreen(glass.app.desk))
            pictures["attendant-menu"] = await settled(glass)
    return pictures


def photograph(browser: Page, svg: str, size: tuple[int, int], out: Path) -> None:
    """The glass alone, without Rich's window, as a PNG of few colours."""
    width, height = round(size[0] * CELL_PX), round(size[1] * ROW_PX)
    browser.set_viewport_size({"width": width + 60, "height": height + 80})
    natural = svg.replace("<svg ", f'<svg width="{width + 18}" ', 1)
    browser.set_content(f'<body style="margin:0">{natural}')
    clip = FloatRect(x=CORNER[0], y=CORNER[1], width=width, height=height)
    shown = Image.open(BytesIO(browser.screenshot(clip=clip)))
    shown.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(out, optimize=True)


def main(folder: Path) -> None:
    """Draw them all."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {shot.name: (asyncio.run(drawn(shot)), shot.size) for shot in shots()}
    pictures |= {name: (svg, USUAL) for name, svg in asyncio.run(by_themselves()).items()}
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path="/usr/bin/chromium")
        tab = browser.new_page()
        for name, (svg, size) in pictures.items():
            photograph(tab, svg, size, folder / f"{name}.png")
        browser.close()
    without = set(collect(kiosk.screens, "ENTRY", Entry)) - {name.partition("-")[0] for name in pictures}
    total = sum(picture.stat().st_size for picture in folder.glob("*.png"))
    print(f"{len(pictures)} pictures, {total // 1024} KiB in {folder}")
    print(f"Without a picture: {', '.join(sorted(without)) or 'none'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
