"""Cards: a real port with the scanner's simulated twin on it, keys typed as a wedge types them, and what is kept."""

import asyncio
import hashlib
import hmac
import logging
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from random import Random

import pytest
from serial import Serial

from kiosk.desk import Desk
from kiosk.scanner import SerialScanner
from kiosk.screen import Scanned
from kiosk.settings import KioskSettings
from shared.board import BOARD, outbox_path
from shared.outbox import Outbox
from shared.records import CheckIn, FaultReport, Feedback, Retraction
from shared.scanner_frames import SILENCE_S
from simulators.devices.gm65 import Gm65
from simulators.line import StreamLine
from simulators.port import Port
from tests.kiosk.glass import ROOT, in_terminal, kiosk, terminal
from tests.kiosk.station import KEYS, StandingClock, furnish, keyed, said

pytestmark = pytest.mark.anyio
CARD = "GH-00420017"
VISITOR = hmac.new(bytes.fromhex(KEYS.card), CARD.encode(), hashlib.sha256).hexdigest()[:32]
BY_CARD = CheckIn(occupation="unsaid", method="card", visitor=VISITOR)


@asynccontextmanager
async def twin(link: Path) -> AsyncIterator[tuple[Gm65, StreamLine]]:
    """A simulated scanner on a pseudo-terminal."""
    scanner = Gm65({}.get, Random(1))
    line = StreamLine("scanner", partial(Port, link, 9600), scanner, Random(1))
    line.open()
    try:
        yield scanner, line
    finally:
        await line.close()


async def until(true: Callable[[], object], seconds: float = 15) -> None:
    end = asyncio.get_running_loop().time() + seconds
    while not true():
        assert asyncio.get_running_loop().time() < end, "it never came"
        await asyncio.sleep(0.02)


def everything_kept(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_a_card_before_the_scanner_checks_in_from_any_screen(tmp_path: Path) -> None:
    folder = tmp_path / "station"
    folder.mkdir()
    clock = StandingClock()
    async with twin(tmp_path / "dev" / "scanner") as (scanner, _):
        listening = SerialScanner(str(tmp_path / "dev" / "scanner"), 9600)
        async with kiosk(keyed(folder), clock, scanner=listening) as glass:
            await until(lambda: listening.connected)
            scanner.show(CARD.encode())
            await until(lambda: glass.screen == "ThanksScreen")
            await glass.quiet()
            assert "签到成功：刷卡签到   09:00" in glass.text()
            assert said(folder) == [BY_CARD]
            await glass.tap("done")
            clock.pass_(60)
            await glass.tap("start", "tile-3")
            scanner.show(b"0012345678")
            await until(lambda: len(said(folder)) == 2)
    assert CARD.encode() not in everything_kept(folder)


async def test_a_scanner_pulled_out_and_put_in_again_under_another_name_is_heard(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[str] = []
    listening = SerialScanner(str(tmp_path / "dev" / "scan*"), 9600, reopen_s=(0.1,))
    listening.start(heard.append)
    with caplog.at_level(logging.WARNING, "waystation.kiosk"):
        logging.getLogger("waystation.kiosk").propagate = True
        await until(lambda: listening.connected is False)
        for name in ("scanner0", "scanner1"):
            async with twin(tmp_path / "dev" / name) as (scanner, _):
                await until(lambda: listening.connected)
                scanner.show(name.encode())
                await until(lambda name=name: name in heard)
            await until(lambda: not listening.connected)
    listening.stop()
    assert "not there" in caplog.text
    assert "scanner0" not in caplog.text


async def test_a_port_somebody_else_holds_is_taken_when_it_is_free(tmp_path: Path) -> None:
    heard: list[str] = []
    async with twin(tmp_path / "scanner") as (scanner, _):
        listening = SerialScanner(str(tmp_path / "scanner"), 9600, reopen_s=(0.1,))
        with Serial(str(tmp_path / "scanner"), 9600, exclusive=True):
            listening.start(heard.append)
            await until(lambda: listening.connected is False)
        await until(lambda: listening.connected)
        scanner.show(b"12345678")
        await until(lambda: heard == ["12345678"])
        listening.stop()


async def test_noise_and_answers_on_the_line_are_no_cards(tmp_path: Path) -> None:
    heard: list[str] = []
    async with twin(tmp_path / "scanner") as (scanner, line):
        listening = SerialScanner(str(tmp_path / "scanner"), 9600)
        listening.start(heard.append)
        await until(lambda: listening.connected)
        line.port.write(b"\x02\x00\x00\x01\x00\x33\x31\xff\xfe\x00noise\xb0\r")
        scanner.show(b"12345678")
        await until(lambda: heard)
        listening.stop()
    assert heard == ["12345678"]


LISTENING = """
import sys, time
from kiosk.scanner import SerialScanner
listening = SerialScanner(sys.argv[1], 9600)
listening.start(lambda code: print(code, flush=True))
while not listening.connected:
    time.sleep(0.01)
print("listening", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("tail", [b"\r", b""], ids=["tail", "no_tail"])
@pytest.mark.parametrize(
    ("before", "meanwhile", "cards"),
    [
        (b"6228480402", [b"564890018"], ["6228480402564890018"]),
        (b"", [b"GH-0041", b"GH-0042"], ["GH-0041", "GH-0042"]),
    ],
    ids=["one_card", "two_cards"],
)
async def test_a_kiosk_that_stood_still_makes_no_other_cards_of_those_it_was_shown(
    tmp_path: Path, before: bytes, meanwhile: list[bytes], cards: list[str], tail: bytes
) -> None:
    async with twin(tmp_path / "scanner") as (_, line):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", LISTENING, str(tmp_path / "scanner"), stdout=asyncio.subprocess.PIPE, cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert process.stdout is not None
        try:
            assert await process.stdout.readline() == b"listening\n"
            line.port.write(before)
            await asyncio.sleep(0.02)
            process.send_signal(signal.SIGSTOP)
            for code in meanwhile:
                line.port.write(code + tail)
                await asyncio.sleep(0.7)
            process.send_signal(signal.SIGCONT)
            await asyncio.sleep(1)
            line.port.write(b"next card\r")
            heard = []
            while not heard or heard[-1] != "next card":
                heard.append((await asyncio.wait_for(process.stdout.readline(), 15)).decode().strip())
        finally:
            process.kill()
            await process.wait()
    assert heard == [*cards, "next card"] or (not tail and heard == ["next card"])


class Dawdling(Serial):
    """A port whose reader is held up once it has found nothing, while the rest of a card comes."""

    def __init__(self, over: Callable[[], None]) -> None:
        super().__init__()
        self._over = over
        self._come = [b"GH-00", b"", b"42\r"]

    @property
    def in_waiting(self) -> int:
        return 0

    def read(self, size: int = 1) -> bytes:  # noqa: ARG002 — pyserial's signature
        come = self._come.pop(0)
        if not come:
            time.sleep(2 * SILENCE_S)
        if not self._come:
            self._over()
        return come


async def test_a_reader_that_is_held_up_when_it_has_found_nothing_hears_no_silence(tmp_path: Path) -> None:
    heard: list[str] = []
    listening = SerialScanner(str(tmp_path / "scanner"), 9600)
    listening._listen(Dawdling(listening.stop), heard.append)
    assert heard == ["GH-0042"]


async def test_a_scanner_without_a_tail_is_heard(tmp_path: Path) -> None:
    heard: list[str] = []
    async with twin(tmp_path / "scanner") as (_, line):
        listening = SerialScanner(str(tmp_path / "scanner"), 9600)
        listening.start(heard.append)
        await until(lambda: listening.connected)
        for number, card in enumerate(("6228480402564890018", "GH-0042"), 1):
            line.port.write(card.encode())
            await until(lambda number=number: len(heard) == number)
        listening.stop()
    assert heard == ["6228480402564890018", "GH-0042"]


async def test_the_same_card_within_ten_minutes_is_not_counted_again(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(keyed(tmp_path), clock) as glass:
        await glass.scan(CARD)
        clock.pass_(2)
        await glass.scan(CARD)
        assert "签到成功" in glass.text()  # still held before the scanner
        await glass.tap("done")
        await glass.scan(CARD)
        assert "您已经签到过了，不重复计数" in glass.text()
        assert "撤销" not in glass.text()
        clock.pass_(600)
        await glass.tick()
        await glass.scan(CARD)
        assert "签到成功" in glass.text()
    assert said(tmp_path) == [BY_CARD, BY_CARD]


async def test_a_card_check_in_that_was_undone_can_be_made_again(tmp_path: Path) -> None:
    async with kiosk(keyed(tmp_path)) as glass:
        await glass.scan(CARD)
        await glass.tap("undo", "done")
        await glass.scan(CARD)
        assert "签到成功" in glass.text()
    facts = said(tmp_path)
    assert [type(fact) for fact in facts] == [CheckIn, Retraction, CheckIn]


async def test_cards_of_a_queue_do_not_wait_for_each_other(tmp_path: Path) -> None:
    async with kiosk(keyed(tmp_path)) as glass:
        for number in range(12):
            await glass.scan(f"card {number}")
        assert glass.screen == "ThanksScreen"
    facts = said(tmp_path)
    assert len(facts) == 12
    assert not any(fact.burst for fact in facts if isinstance(fact, CheckIn))


@pytest.mark.parametrize("code", ["https://example.org/x", "STATION.EXAMPLE.ORG/C/K3V9X2M7QA/0123456789AB", "abc"])
async def test_what_is_no_card_is_refused_with_a_sentence(tmp_path: Path, code: str) -> None:
    async with kiosk(keyed(tmp_path)) as glass:
        await glass.scan(code)
        assert glass.screen == "NotKeptScreen"
        assert "这不是卡号，没有签到" in glass.text()
        assert code not in glass.text()
    assert said(tmp_path) == []


async def test_a_bottle_is_no_visitor(tmp_path: Path) -> None:
    async with kiosk(keyed(tmp_path)) as glass:
        await glass.scan("6921168509256")
        assert glass.screen == "NotKeptScreen"
        assert "这是商品条码，没有签到" in glass.text()
        assert "6921168509256" not in glass.text()
    assert said(tmp_path) == []


async def test_without_keys_a_card_is_refused_with_a_sentence(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path)) as glass:
        await glass.scan(CARD)
        assert "本机现在不能读卡，请点职业签到" in glass.text()
        await glass.tap("back")
        assert glass.screen == "AttractScreen"
    assert said(tmp_path) == []


async def test_a_scan_over_a_half_filled_form_keeps_the_face(tmp_path: Path) -> None:
    async with kiosk(keyed(tmp_path)) as glass:
        await glass.tap("start", "tile-1", "score-1", "r-water")
        await glass.scan(CARD)
        assert "签到成功" in glass.text()
    assert said(tmp_path) == [BY_CARD, Feedback(score=1, tags=["water"])]


async def test_a_scan_over_an_answer_just_given_does_not_give_it_twice(tmp_path: Path) -> None:
    async with kiosk(keyed(tmp_path)) as glass:
        await glass.walk("start", "tile-1", "score-1")
        (await glass._find("submit", on_top=False)).press()
        await glass.scan(CARD)
    assert sum(isinstance(fact, Feedback) for fact in said(tmp_path)) == 1


async def test_a_scan_does_not_take_a_warning_of_danger_off_the_glass(tmp_path: Path) -> None:
    async with kiosk(keyed(tmp_path)) as glass:
        await glass.tap("start", "tile-2", "subject-4", "p-danger")
        await glass.scan(CARD)
        assert "请离开，先保证安全" in glass.text()
        assert "刷卡签到已记下" in glass.text()
    assert said(tmp_path) == [FaultReport(subject="outlets-1", problem="danger", danger=True), BY_CARD]


async def test_a_scan_over_the_question_whether_anybody_is_there_checks_in(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(keyed(tmp_path), clock) as glass:
        await glass.tap("start")
        clock.pass_(31)
        await glass.tick()
        assert glass.screen == "StillThere"
        await glass.scan(CARD)
        assert glass.screen == "ThanksScreen"
        clock.pass_(10)
        await glass.tick()
        assert glass.screen == "AttractScreen"


async def test_a_card_that_comes_just_before_the_question_is_asked_is_not_covered_by_it(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(keyed(tmp_path), clock) as glass:
        await glass.tap("start")
        clock.pass_(31)
        glass.app.post_message(Scanned(CARD))
        glass.app.call_later(glass.app.tick)  # before the app has heard that the thanks are up
        await glass.quiet()
        assert glass.screen == "ThanksScreen"


async def test_a_card_for_which_there_is_no_room_is_said_not_to_be_kept(tmp_path: Path) -> None:
    def small(settings: KioskSettings) -> Outbox:
        return Outbox(outbox_path(settings.folder), max_bytes=1024)

    async with kiosk(tmp_path, desk=Desk(KioskSettings.of(keyed(tmp_path)), StandingClock(), small)) as glass:
        await glass.scan(CARD)
        assert "本机存储已满，刚才这一条没有记下" in glass.text()
    assert said(tmp_path) == []


async def test_where_a_scanner_stands_the_check_in_screen_says_so(tmp_path: Path) -> None:
    for size in ((64, 20), (80, 23), (120, 34)):
        nowhere = SerialScanner(str(tmp_path / "nowhere"), 9600)
        async with kiosk(keyed(tmp_path), size=size, scanner=nowhere) as glass:
            await glass.tap("start", "tile-0")
            assert "放到扫码口也能签到" in glass.text()
            hint = glass.app.screen.query_one("#hint")
            assert hint.get_content_height(hint.content_size, hint.content_size, hint.content_size.width) <= 3


def test_a_wedge_checks_in_opens_nothing_and_leaves_no_digit_pressed(tmp_path: Path) -> None:
    with terminal(in_terminal(keyed(tmp_path))) as glass:
        assert glass.shows("轻 触 屏 幕 开 始")
        glass.settle()
        assert glass.press((40, 20), "点一下职业就好")
        glass.settle()
        glass.send(CARD.encode() + b"\r")
        assert glass.shows("签到成功：刷卡签到")
        glass.settle()
        glass.send(b"1111\r")
        glass.send(b"\r12\r")
        glass.settle()
        assert said(tmp_path) == [BY_CARD]
        assert glass.process.poll() is None
        assert CARD.encode() not in glass.output
    assert CARD.encode() not in everything_kept(tmp_path)


def test_half_a_card_of_a_wedge_is_no_other_card(tmp_path: Path) -> None:
    with terminal(in_terminal(keyed(tmp_path))) as glass:
        assert glass.shows("轻 触 屏 幕 开 始")
        glass.settle()
        glass.send(b"GH-00")
        glass.settle()
        glass.send(b"420018\r")
        glass.settle()
        glass.send(CARD.encode() + b"\r")
        assert glass.shows("签到成功：刷卡签到")
    assert said(tmp_path) == [BY_CARD]


async def test_a_port_given_on_the_command_line_is_listened_to(tmp_path: Path) -> None:
    folder = tmp_path / "station"
    folder.mkdir()
    (keyed(folder) / BOARD).unlink()
    async with twin(tmp_path / "scanner") as (scanner, _):
        with terminal(in_terminal(folder, "--scanner", str(tmp_path / "scanner"))) as glass:
            assert await asyncio.to_thread(glass.shows, "轻 触 屏 幕 开 始")
            scanner.show(CARD.encode())
            assert await asyncio.to_thread(glass.shows, "签到成功：刷卡签到")
    assert said(folder) == [BY_CARD]
