"""A screen that is gone is gone from memory, too."""

import gc
from pathlib import Path

import pytest
from textual._styles_cache import StylesCache

from kiosk.memory import let_go_of_dead_widgets
from tests.kiosk.glass import Glass, kiosk
from tests.kiosk.station import furnish

pytestmark = pytest.mark.anyio


def painted() -> int:
    """How many widgets' lines are in memory."""
    gc.collect()
    return sum(type(one) is StylesCache for one in gc.get_objects())


async def visit(glass: Glass) -> None:
    await glass.walk("start", "tile-3")
    glass.app.to_start()
    await glass.quiet()


async def test_what_a_screen_was_painted_from_goes_with_it(tmp_path: Path) -> None:
    let_go_of_dead_widgets()
    async with kiosk(furnish(tmp_path)) as glass:
        await visit(glass)
        first = painted()
        for _ in range(4):
            await visit(glass)
        assert painted() <= first
