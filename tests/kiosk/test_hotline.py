"""S10: the number, large enough to read from a step away."""

from pathlib import Path

import pytest

from tests.kiosk.glass import kiosk as open_kiosk
from tests.kiosk.station import furnish, told
from tests.kiosk.test_geometry import assert_fits

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("mode", [[], ["large"], ["contrast"]])
@pytest.mark.parametrize("size", [(64, 20), (80, 23)])
async def test_a_long_hotline_is_read_from_a_step_away(tmp_path: Path, size: tuple[int, int], mode: list[str]) -> None:
    async with open_kiosk(furnish(tmp_path, settings=told(hotline="021-63211939")), size=size) as glass:
        await glass.walk("start", *mode, "tile-5")
        number = glass.app.screen.query_one("#number")
        assert number.size.height >= 3
        assert "021-63211939" in glass.text().replace("-\n", "-")
        assert_fits(glass)
