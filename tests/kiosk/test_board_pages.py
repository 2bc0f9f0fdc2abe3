"""The board of a station with more than a glass holds: page after page, what does not work on the first."""

from collections.abc import Sequence
from datetime import timedelta
from math import ceil
from pathlib import Path

import pytest

from kiosk.paging import spread
from kiosk.touch import Touch
from shared.facility import kinds
from shared.settings_message import OpenAlert
from shared.states import State
from tests.kiosk.glass import kiosk
from tests.kiosk.station import NOW, board, facility, furnish, told
from tests.kiosk.test_geometry import CASES, assert_fits

MANY = [facility(f"{kind}-{n}") for kind, known in kinds().items() if known.decisive for n in range(1, 6)]


@pytest.mark.parametrize("most", [2, 3, 12])
def test_pages_hold_everything_once_and_in_order(most: int) -> None:
    for things in range(60):
        pages = spread(range(things), most)
        assert [one for page in pages for one in page] == list(range(things))
        assert len(pages) == (1 if things <= most else ceil(things / (most - 1)))
        assert all(len(page) + (len(pages) > 1) <= most for page in pages)


@pytest.mark.anyio
async def test_every_facility_is_shown_and_what_is_broken_first(tmp_path: Path) -> None:
    assert len(MANY) > 22
    rows = [*MANY[:-1], facility(MANY[-1].id, State.DOWN)]
    async with kiosk(furnish(tmp_path, board(rows))) as glass:
        await glass.tap("start", "tile-3")
        seen: list[str] = []
        turns = str(glass.app.screen.query_one("#more", Touch).label)
        assert turns.endswith("1 / 3")
        for _ in range(3):
            await glass.heard()
            seen += [str(plate.render()).splitlines()[0] for plate in glass.app.screen.query(".plate")]  # type: ignore[attr-defined] — a text has what it shows
            await glass.tap("more")
        assert str(glass.app.screen.query_one("#more", Touch).label) == turns, "after the last comes the first"
    assert seen[0] == rows[-1].label.zh
    assert sorted(seen) == sorted(row.label.zh for row in rows)


@pytest.mark.anyio
async def test_a_page_follows_the_board_while_it_stands(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path, board(MANY))) as glass:
        await glass.tap("start", "tile-3", "more", "more")
        furnish(tmp_path, board([facility(row.id, State.DEGRADED) for row in MANY[:13]]))
        await glass.tick()
        assert "更 多\n1 / 2" in glass.text()
        assert "▲" in glass.text()
        furnish(tmp_path, board(MANY[:12]))
        await glass.tick()
        assert not glass.app.screen.query("#more")
        assert len(glass.app.screen.query(".plate")) == 12


@pytest.mark.anyio
@pytest.mark.parametrize(("size", "modes"), CASES)
async def test_every_page_fits(tmp_path: Path, size: tuple[int, int], modes: Sequence[str]) -> None:
    known = [
        OpenAlert(facility=row.id, subject=row.id, opened_at=NOW, promised_at=NOW + timedelta(days=2)) for row in MANY
    ]
    for alerts in ([], known):
        furnish(tmp_path, board(MANY), told(alerts=alerts))
        async with kiosk(tmp_path, size=size) as glass:
            await glass.walk("start", *modes, "tile-3")
            for _ in range(3):
                assert_fits(glass)
                await glass.walk("more")
