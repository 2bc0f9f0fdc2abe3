"""The browser launcher: its page asks nobody else, each page is one kiosk, and nothing is left behind."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from kiosk.serve import cells_of, own_page
from tests.kiosk.glass import PATIENCE_S, ROOT
from tests.kiosk.station import furnish

pytestmark = pytest.mark.anyio
AT_ONCE_S = 5.0
"""Before the page itself would notice the silence, however busy the machine is."""


class Served:
    """A server and where it is."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process = process
        self.url = url

    def page(self) -> str:
        with urllib.request.urlopen(self.url, timeout=10) as answer:  # noqa: S310 — our own server
            return str(answer.read().decode())

    def kiosks(self) -> list[int]:
        """The processes it has started."""
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in task.read_text().split()]


def gone(pid: int, seconds: float = PATIENCE_S) -> bool:
    """Whether a process ends within a time; one nobody has waited for has ended too."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "serve", "--station", str(furnish(tmp_path)), "--port", "0"],
        stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        url = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
        assert url is not None
        yield Served(process, url[0])
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_the_page_asks_nothing_of_any_other_host(served: Served) -> None:
    page = served.page()
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?:https?:)?//""", page)
    assert not re.findall(r"url\(\s*['\"]?(?:https?:)?//", page)
    for path in re.findall(r"""(?:src|href)=["'](/[^"']+)""", page):
        with urllib.request.urlopen(served.url.rstrip("/") + path, timeout=10) as answer:  # noqa: S310 — our own server
            assert answer.status == 200


async def test_each_page_is_a_kiosk_and_ends_with_it(served: Served) -> None:
    async with aiohttp.ClientSession() as browser:
        async with browser.ws_connect(f"{served.url}ws?width=80&height=23") as socket:
            heard = b""
            while "轻 触 屏 幕 开 始".encode() not in heard:
                heard += await socket.receive_bytes(timeout=PATIENCE_S)
            [kiosk] = served.kiosks()
        assert gone(kiosk)


async def test_a_page_hears_of_its_kiosk_every_second(served: Served) -> None:
    async with aiohttp.ClientSession() as browser, browser.ws_connect(f"{served.url}ws?width=80&height=23") as socket:
        heard = b""
        while "轻 触 屏 幕 开 始".encode() not in heard:
            heard += await socket.receive_bytes(timeout=PATIENCE_S)
        began = time.monotonic()
        while time.monotonic() - began < 5:
            await socket.receive_bytes(timeout=2.5)


async def test_a_kiosk_that_ends_lets_its_page_go_at_once(served: Served) -> None:
    async with (
        aiohttp.ClientSession() as browser,
        browser.ws_connect(f"{served.url}ws?width=80&height=-3") as socket,
    ):
        await socket.receive_bytes(timeout=PATIENCE_S)
        [kiosk] = served.kiosks()
        os.kill(kiosk, signal.SIGKILL)
        began = time.monotonic()
        async for _ in socket:
            pass
        assert time.monotonic() - began < AT_ONCE_S


@pytest.mark.parametrize("typed", [0, 5], ids=["silent", "typed_at"])
async def test_a_kiosk_that_hangs_is_killed_and_the_page_that_comes_back_has_another(
    served: Served, typed: int
) -> None:
    page = f"{served.url}ws?width=80&height=23"
    async with aiohttp.ClientSession() as browser:
        async with browser.ws_connect(page) as socket:
            await socket.receive_bytes(timeout=PATIENCE_S)
            [hanging] = served.kiosks()
            os.kill(hanging, signal.SIGSTOP)
            for _ in range(typed):
                await socket.send_json(["stdin", "x" * 100_000])  # more than a pipe and its writer hold
        async with browser.ws_connect(page) as socket:
            heard = b""
            while "轻 触 屏 幕 开 始".encode() not in heard:
                heard += await socket.receive_bytes(timeout=PATIENCE_S)
            [another] = set(served.kiosks()) - {hanging}
            end = time.monotonic() + PATIENCE_S
            while served.kiosks() != [another] and time.monotonic() < end:  # one that nobody waited for is among them
                await socket.receive_bytes(timeout=PATIENCE_S)
            assert served.kiosks() == [another]
    assert gone(another)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=lambda number: number.name)
async def test_however_the_server_ends_no_kiosk_is_left(served: Served, number: signal.Signals) -> None:
    async with (
        aiohttp.ClientSession() as browser,
        browser.ws_connect(f"{served.url}ws?width=80&height=23") as socket,
    ):
        await socket.receive_bytes(timeout=PATIENCE_S)
        [kiosk] = served.kiosks()
        served.process.send_signal(number)
        async for _ in socket:
            pass
        code = await asyncio.to_thread(served.process.wait, PATIENCE_S)
    assert gone(kiosk)
    assert code == (-signal.SIGKILL if number is signal.SIGKILL else 0)


async def test_another_web_page_may_not_touch_the_kiosk(served: Served) -> None:
    async with aiohttp.ClientSession() as browser:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await browser.ws_connect(f"{served.url}ws", origin="https://evil.example")
    assert refused.value.status == 403
    assert served.kiosks() == []


@pytest.mark.parametrize(
    ("host", "origin", "own"),
    [
        ("127.0.0.1:8090", "http://127.0.0.1:8090", True),
        ("localhost:9000", "http://localhost:9000", True),
        ("127.0.0.1:8090", None, True),
        ("127.0.0.1:8090", "http://evil.example", False),
        ("127.0.0.1:8090", "null", False),
        ("evil.example:8090", "http://evil.example:8090", False),
        ("[::1", None, False),
        ("127.0.0.1:8090", "http://[", False),
        ("127.0.0.1:8090", "http://[x]:8090", False),
    ],
)
async def test_who_is_an_own_page(host: str, origin: str | None, own: bool) -> None:
    assert own_page(host, origin) is own


@pytest.mark.parametrize(
    ("said", "cells"),
    [("120", 120), ("9999", 500), ("", 80), ("0", 80), ("-3", 80), ("x", 80), ("¹", 80), ("1" * 5000, 80)],
    ids=lambda value: str(value)[:8],
)
def test_how_wide_a_page_is_said_to_be(said: str, cells: int) -> None:
    assert cells_of(said, 80) == cells


async def test_nonsense_from_another_page_is_refused_and_starts_no_kiosk(served: Served) -> None:
    address = served.url.replace("http", "ws") + "ws?width=" + "1" * 5000
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(address, headers={"Origin": "http://["})
    assert refused.value.status == 403
    assert served.kiosks() == []


async def test_a_taken_port_is_said_and_is_exit_code_1(served: Served, tmp_path: Path) -> None:
    port = served.url.rstrip("/").rpartition(":")[2]
    run = subprocess.run(
        [sys.executable, "-m", "kiosk", "serve", "--station", str(tmp_path), "--port", port],
        capture_output=True, text=True, timeout=PATIENCE_S, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)}, cwd=ROOT,
    )  # fmt: skip
    assert run.returncode == 1
    assert port in run.stderr
