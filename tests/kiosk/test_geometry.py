"""Nothing scrolls, nothing is cut and every tile can be hit: at each size, in both languages, in each mode."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from kiosk import words
from kiosk.screens.not_kept import NotKeptScreen
from kiosk.touch import NO_KEY, Touch, keys
from shared.board import BoardFacility
from shared.facility import kinds, problems_of
from shared.settings_message import OpenAlert
from tests.kiosk.glass import Glass
from tests.kiosk.glass import kiosk as open_kiosk
from tests.kiosk.station import NOW, PUBLIC_URL, SEVEN, StandingClock, board, facility, furnish, keyed, told
from tests.kiosk.test_screens import PLEDGE, ROADS

pytestmark = pytest.mark.anyio

SMALL, USUAL, WIDE = (64, 20), (80, 23), (120, 34)
TWELVE = [facility(f"{kind}-{n}") for kind in kinds() for n in (1, 2)][:12]
CASES: list[tuple[tuple[int, int], Sequence[str]]] = [
    (SMALL, ()), (SMALL, ("language",)), (SMALL, ("large",)), (SMALL, ("large", "language", "contrast")),
    (USUAL, ()), (USUAL, ("language", "contrast")), (USUAL, ("large",)),
    (WIDE, ()), (WIDE, ("large", "language")),
    ((80, 24), ("large", "contrast")), ((80, 25), ("language",)),
]  # fmt: skip
FEW: list[tuple[tuple[int, int], Sequence[str]]] = [
    (SMALL, ("large", "language", "contrast")), (USUAL, ("large",)), (USUAL, ("large", "language", "contrast")),
    (WIDE, ("large", "contrast")),
]  # fmt: skip
"""With few facilities there is room for what many leave out."""


@pytest.mark.parametrize(
    ("size", "modes", "facilities"), [*((*case, TWELVE) for case in CASES), *((*case, SEVEN) for case in FEW)]
)
async def test_every_screen_fits(
    tmp_path: Path, size: tuple[int, int], modes: Sequence[str], facilities: Sequence[BoardFacility]
) -> None:
    about, problem = facilities[0].id, problems_of(facilities[0].id)[1].id
    known = OpenAlert(
        facility=about, subject=about, problem=problem, opened_at=NOW, promised_at=NOW + timedelta(days=2)
    )
    keyed(tmp_path, board(facilities), told(pledge=PLEDGE, public_url=PUBLIC_URL, alerts=[known]))
    async with open_kiosk(tmp_path, size=size) as glass:
        assert_fits(glass)
        await glass.walk("start", *modes)
        for road in ROADS.values():
            way = road[1:]
            if "large" in modes and way == ["tile-4"] and not glass.app.screen.query("#tile-4"):
                way = ["tile-3", "pledge"]
            await glass.walk(*way)
            assert_fits(glass)
            while len(glass.app.screen_stack) > 2:
                glass.app.pop_screen()
            await glass.quiet()


@pytest.mark.parametrize("size", [SMALL, USUAL, WIDE])
async def test_what_comes_by_itself_fits_too(tmp_path: Path, size: tuple[int, int]) -> None:
    clock = StandingClock()
    async with open_kiosk(furnish(tmp_path), clock, size=size) as glass:
        glass.app.push_screen(NotKeptScreen(glass.app.desk, words.FULL))
        await glass.pilot.pause()
        assert_fits(glass)
        glass.app.to_start()
        await glass.walk("start")
        clock.pass_(30)
        await glass.tick()
        assert_fits(glass)


@pytest.mark.parametrize(("size", "modes"), CASES)
@pytest.mark.parametrize("danger", [True, False])
async def test_what_people_reported_fits(
    tmp_path: Path, size: tuple[int, int], modes: Sequence[str], danger: bool
) -> None:
    for rows in (SEVEN, TWELVE):
        promised_at = NOW + timedelta(days=2)
        known = [OpenAlert(subject=row.id, opened_at=NOW, danger=danger, promised_at=promised_at) for row in rows]
        async with open_kiosk(furnish(tmp_path, board(rows), told(alerts=known)), size=size) as glass:
            assert_fits(glass)
            await glass.walk("start", *modes)
            for road in (["tile-2"], ["tile-2", "subject-0"], ["tile-3"], ["tile-0", "o-0"]):
                await glass.walk(*road)
                assert_fits(glass)
                while len(glass.app.screen_stack) > 2:
                    glass.app.pop_screen()
                await glass.quiet()


def assert_fits(glass: Glass) -> None:
    screen = glass.app.screen
    assert "{" not in glass.text(), "a text whose facts were not filled in"
    tiles = [tile for tile in screen.query(Touch) if tile.display and tile.region.area]
    for tile in tiles:
        assert screen.region.contains_region(tile.region), f"{glass.screen}: {tile} {tile.region}"
        assert tile.region.width >= 10, f"{glass.screen}: {tile} {tile.region}"
        assert tile.region.height >= 3, f"{glass.screen}: {tile} {tile.region}"
        assert not any(tile.region.overlaps(other.region) for other in tiles if other is not tile), f"{tile}"
    assert_keys_shown(glass)
    for text in (*tiles, *screen.query(Static)):
        if text.display and text.is_on_screen:
            assert_not_cut(glass, text)
    for widget in screen.query("*"):
        framed = any(edge for edge, _ in widget.styles.border)
        assert framed or widget.max_scroll_y == 0, f"{glass.screen}: {widget} scrolls"
        assert not widget.display or widget.region.bottom <= screen.region.bottom, f"{glass.screen}: {widget}"


def assert_keys_shown(glass: Glass) -> None:
    """Every tile can be pressed from a number pad, and shows the key that does."""
    pressed_by = {tile: key for tile, key in keys(glass.app.screen).items() if tile.key != NO_KEY}
    assert all(pressed_by.values()), f"{glass.screen}: {[tile for tile, key in pressed_by.items() if not key]}"
    assert len(set(pressed_by.values())) == len(pressed_by)
    for tile, key in pressed_by.items():
        said, painted = letters(tile.render()), letters(*(tile.render_line(y).text for y in range(tile.size.height)))
        where = f"{glass.screen} at {glass.app.size}: {key} on {tile} {tile.label!r}"
        assert painted == said + Counter(key) or key == str(tile.label), where


def letters(*texts: object) -> Counter[str]:
    """All that is no gap."""
    return Counter("".join("".join(str(text).split()) for text in texts))


def assert_not_cut(glass: Glass, text: Widget) -> None:
    """Every line is there, and no word is broken that could have stood whole."""
    shown = text.render()
    assert isinstance(shown, Content)
    width, height = text.content_size
    lines = shown.get_height(text.styles, width)
    width -= 2 * int(text.styles.line_pad)
    where = f"{glass.screen} at {glass.app.size}: {text} {shown.plain!r} in {text.content_size}"
    assert not shown.plain.strip() or lines <= height, where
    longest = max((Content(line).cell_length for line in shown.plain.splitlines()), default=0)
    assert longest <= width or lines > len(shown.plain.splitlines()), where
