"""Codes on the glass: read by a decoder from the very cells that are painted, at each size and in both colours."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import words
from kiosk.attendant.menu import MenuScreen
from kiosk.phone import Qr
from kiosk.qr import qr_lines
from shared.board import KEYS as KEYS_FILE
from shared.door_code import ALPHABET, door_code, door_code_steps
from shared.moment import ClockQuality
from shared.text import Text
from tests.kiosk.glass import Glass, kiosk
from tests.kiosk.pixels import codes, photographed
from tests.kiosk.station import KEYS, NOW, PUBLIC_URL, StandingClock, board, furnish, keyed, said, told
from tests.kiosk.test_geometry import assert_fits

pytestmark = pytest.mark.anyio
KEY = bytes.fromhex(KEYS.qr)
HERE = f"{PUBLIC_URL}/C/{KEYS.station}/".upper()
LONG = "https://rest-stations.district.example.org:8443"
TOO_LONG = "https://rest-stations-of-the-trade-union.district.example.org:8443"


def expected(seconds: float = 0) -> str:
    return HERE + door_code(KEY, KEYS.station, NOW + timedelta(seconds=seconds))


async def seen(glass: Glass) -> list[str]:
    await glass.tick()
    await glass.pilot.pause()
    assert_fits(glass)
    return codes(photographed(glass.app))


@pytest.mark.parametrize(
    ("size", "choices"), [((64, 20), []), ((80, 23), ["contrast"]), ((80, 23), ["language"]), ((120, 34), ["language"])]
)
async def test_a_phone_reads_the_code_of_this_moment_and_the_next_one_after_half_a_minute(
    tmp_path: Path, size: tuple[int, int], choices: list[str]
) -> None:
    clock = StandingClock()
    async with kiosk(keyed(tmp_path), clock, size=size) as glass:
        await glass.walk("start", *choices, "tile-0")
        if size == (64, 20):
            assert await seen(glass) == []
            await glass.walk("phone")
        assert await seen(glass) == [expected()]
        clock.pass_(29)
        assert await seen(glass) == [expected()]
        assert "剩 1 秒" in glass.text() or "1 s left" in glass.text()
        clock.pass_(1)
        assert await seen(glass) == [expected(30)]
    assert door_code_steps(KEY, KEYS.station, expected(30).rpartition("/")[2], NOW) == -1


@pytest.mark.parametrize(
    ("size", "url"), [((64, 20), LONG), ((80, 23), LONG), ((64, 20), "http://10.0.0.5:8080"), ((80, 23), "http://a.cn")]
)
async def test_long_and_short_addresses_are_read_too(tmp_path: Path, size: tuple[int, int], url: str) -> None:
    async with kiosk(keyed(tmp_path, settings=told(public_url=url)), size=size) as glass:
        await glass.walk("start", "tile-0")
        if not await seen(glass):
            await glass.walk("phone")
        [read] = await seen(glass)
        assert read.startswith(f"{url}/C/K3V9X2M7QA/".upper())


@pytest.mark.parametrize("choices", [[], ["language"], ["large"], ["contrast", "language"]])
async def test_where_an_address_is_too_long_for_the_glass_it_says_what_else_to_do(
    tmp_path: Path, choices: list[str]
) -> None:
    folder = keyed(tmp_path, settings=told(public_url=TOO_LONG, hotline="12351"))
    async with kiosk(folder, size=(64, 20)) as glass:
        await glass.walk("start", *choices, "tile-0")
        assert await seen(glass) == []
        assert not glass.app.screen.query("#phone")
        said = words.NO_ROOM_CHECK_IN
        assert (said.en if "language" in choices else said.zh) in glass.text()
        await glass.walk("back", "tile-1", "score-1")
        assert await seen(glass) == []
        assert "12351" in glass.text()


@pytest.mark.parametrize(("url", "fits"), [(PUBLIC_URL, True), (TOO_LONG, False)])
async def test_the_attendant_is_told_that_it_does_not_fit(tmp_path: Path, url: str, fits: bool) -> None:
    async with kiosk(keyed(tmp_path, settings=told(public_url=url)), size=(64, 20)) as glass:
        glass.app.push_screen(MenuScreen(glass.app.desk))
        await glass.tick()
        assert ("手机二维码在本屏放不下" in glass.text()) is not fits


async def test_where_there_is_room_a_code_is_twice_as_large(tmp_path: Path) -> None:
    async with kiosk(keyed(tmp_path), size=(120, 34)) as glass:
        await glass.walk("start", "tile-5")
        assert await seen(glass) == ["TEL:12351"]
        assert glass.app.screen.query_one(Qr).size == (58, 29)
        await glass.pilot.resize_terminal(80, 23)
        await glass.quiet()
        assert await seen(glass) == ["TEL:12351"]
        assert glass.app.screen.query_one(Qr).size == (29, 15)
    async with kiosk(keyed(tmp_path), size=(160, 45)) as glass:
        await glass.walk("start", "tile-0")
        assert await seen(glass) == [expected()]
        assert glass.app.screen.query_one(Qr).size == (74, 37)


@pytest.mark.parametrize(("size", "language"), [((64, 20), "en"), ((80, 23), "zh"), ((120, 34), "en")])
async def test_the_hotline_is_dialled_by_one_scan_with_no_network(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    async with kiosk(furnish(tmp_path, board(online=False), told(hotline="025-8888 0000")), size=size) as glass:
        await glass.walk("start", *(["language"] if language == "en" else []), "tile-5")
        assert await seen(glass) == ["TEL:02588880000"]


async def test_where_a_face_is_unhappy_a_phone_can_say_more(tmp_path: Path) -> None:
    for size, way in (((120, 34), []), ((80, 23), ["phone"])):
        async with kiosk(keyed(tmp_path), size=size) as glass:
            await glass.walk("start", "tile-1", "score-1", "r-water", *way)
            assert await seen(glass) == [expected()]
            if way:
                await glass.walk("back")
                assert "chosen" in glass.app.screen.query_one("#r-water").classes


@pytest.mark.parametrize("missing", ["keys", "address", "time"])
async def test_a_code_that_leads_nowhere_is_not_shown(tmp_path: Path, missing: str) -> None:
    folder, clock = keyed(tmp_path), StandingClock()
    if missing == "keys":
        (folder / KEYS_FILE).unlink()
    elif missing == "address":
        furnish(folder)
    else:
        clock.clock = ClockQuality.WRONG
    async with kiosk(folder, clock, size=(120, 34)) as glass:
        await glass.walk("start", "tile-0")
        assert await seen(glass) == []
        assert "手机" not in glass.text().replace("手机号", "")
        await glass.walk("o-0")
    assert [fact.type for fact in said(folder)] == ["checkin"]


async def test_a_clock_that_is_only_plausible_shows_it_and_one_that_turns_wrong_takes_it_away(tmp_path: Path) -> None:
    clock = StandingClock(clock=ClockQuality.PLAUSIBLE)
    async with kiosk(keyed(tmp_path), clock) as glass:
        await glass.walk("start", "tile-0")
        assert await seen(glass) == [expected()]
        clock.clock = ClockQuality.WRONG
        assert await seen(glass) == []
        assert "请点职业签到" in glass.text()
        clock.clock = ClockQuality.SYNCED
        assert await seen(glass) == [expected()]


async def test_a_glass_that_changes_its_size_shows_what_fits(tmp_path: Path) -> None:
    async with kiosk(keyed(tmp_path)) as glass:
        await glass.walk("start", "tile-0")
        await glass.pilot.resize_terminal(64, 20)
        await glass.pilot.pause(0.2)
        assert await seen(glass) == []
        await glass.walk("phone")
        assert await seen(glass) == [expected()]


async def test_more_occupations_than_fit_beside_it_put_it_on_a_tile(tmp_path: Path) -> None:
    many = [{"id": f"o{n}", "label": Text(f"职业{n}", f"Job {n}")} for n in range(12)]
    async with kiosk(keyed(tmp_path, settings=told(public_url=PUBLIC_URL, occupations=many))) as glass:
        await glass.walk("start", "tile-0")
        assert await seen(glass) == []
        await glass.walk("phone")
        assert await seen(glass) == [expected()]


@settings(max_examples=40, deadline=None)
@given(
    st.from_regex(r"HTTPS?://[A-Z0-9.-]{1,60}(:[0-9]{2,5})?", fullmatch=True),
    st.text(ALPHABET, min_size=12, max_size=12),
)
def test_a_code_keeps_its_quiet_zone_and_its_room(host: str, code: str) -> None:
    lines = qr_lines(f"{host}/C/K3V9X2M7QA/{code}", 43, 22)
    if lines is None:
        return
    assert len(lines) <= 22
    assert {len(line) for line in lines} == {len(lines[0])}
    assert not "".join(lines[:2] + lines[-2:]).strip()
    assert all(not line[:4].strip() and not line[-4:].strip() for line in lines)


def test_what_does_not_fit_is_not_drawn() -> None:
    assert qr_lines("TEL:12351", 28, 15) is None
    assert qr_lines("TEL:12351", 29, 14) is None
    assert qr_lines("TEL:12351", 29, 15) is not None
