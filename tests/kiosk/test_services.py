"""What the station offers, on the board's screen: whole words at every size, unknown when the data are old."""

from datetime import timedelta
from pathlib import Path

import pytest
from textual.content import Content

from kiosk.touch import Words
from shared.board import write_board
from shared.states import State
from tests.kiosk.glass import Glass, kiosk
from tests.kiosk.station import NOW, StandingClock, board, facility, furnish

pytestmark = pytest.mark.anyio

WIRED = [
    facility("drinking_water-1"),
    facility("air_conditioner-1", State.DEGRADED),
    facility("microwave-1", State.DOWN),
    facility("microwave-2", State.UNKNOWN),
    facility("outlets-1", State.OK, busy=True),
    facility("tables-1", State.UNKNOWN),
]


def shown(glass: Glass) -> dict[str, str]:
    return {str(one.id): str(one.content) for one in glass.app.screen.query(".service").results(Words)}


@pytest.mark.parametrize("size", [(64, 20), (80, 23), (120, 34)])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_each_service_has_its_word_and_shape_and_fits(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    async with kiosk(furnish(tmp_path, board(WIRED)), size=size) as glass:
        await glass.tap("start", *(["language"] if language == "en" else []), "tile-3")
        words = {
            "zh": ["饮水供给\n● 可用", "避暑取暖\n▲ 受限", "餐食加热\n○ 未知", "手机充电\n● 可用", "休息如厕\n◆ 有"],
            "en": ["Water\n● Yes", "Climate\n▲ Limited", "Meals\n○ Not known", "Charging\n● Yes", "Rest\n◆ Here"],
        }
        assert list(shown(glass).values()) == words[language]
        for one in glass.app.screen.query(".service").results(Words):
            assert one.region.height == 2
            assert glass.app.screen.region.contains_region(one.region)
            widest = max(Content(line).cell_length for line in str(one.content).split("\n"))
            assert one.content_size.width >= widest, str(one.content)


async def test_of_what_nothing_on_the_board_gives_the_kiosk_says_nothing(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path, board([facility("fridge-1"), facility("microwave-1")]))) as glass:
        await glass.tap("start", "tile-3")
        assert shown(glass) == {"meals": "餐食加热\n● 可用"}
        # The station is wired anew while somebody reads.
        write_board(tmp_path, board(WIRED))
        await glass.tick()
        await glass.pilot.pause()
        assert len(shown(glass)) == 5


async def test_old_data_say_nothing_of_now(tmp_path: Path) -> None:
    clock = StandingClock(NOW)
    async with kiosk(furnish(tmp_path, board(WIRED)), clock) as glass:
        await glass.tap("start", "tile-3")
        clock.at += timedelta(minutes=5)
        await glass.tick()
        assert [text.split("\n")[1] for text in shown(glass).values()] == ["○ 未知"] * 4 + ["◆ 有"]
