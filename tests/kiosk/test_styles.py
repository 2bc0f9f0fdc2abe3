"""The style sheet is in two: what stands behind the first screen is read after that one's first frame."""

from pathlib import Path

import pytest

from kiosk.screen import STEPS
from tests.kiosk.glass import Glass, kiosk
from tests.kiosk.station import board as a_board
from tests.kiosk.station import facility, furnish

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("size", [(64, 20), (80, 23), (120, 34)])
@pytest.mark.parametrize("facilities", [0, 3])
async def test_the_first_screen_looks_the_same_once_the_others_are_known(
    tmp_path: Path, size: tuple[int, int], facilities: int
) -> None:
    shown = a_board([facility(f"fridge-{n}") for n in range(1, facilities + 1)])
    async with kiosk(furnish(tmp_path, shown), size=size) as glass:
        before = looks(glass)
        glass.app.stylesheet.read(STEPS)
        glass.app.stylesheet.parse()
        glass.app.stylesheet.update(glass.app)
        assert looks(glass) == before


async def test_they_are_known_before_anybody_touches_the_glass(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path)) as glass:
        glass.app._read_steps()
        assert glass.app.stylesheet.has_source(str(STEPS))


def looks(glass: Glass) -> dict[str, str]:
    """By widget of the screen that is up: its styles, as a style sheet says them."""
    return {f"{number} {widget!r}": widget.styles.css for number, widget in enumerate(glass.app.screen.query("*"))}
