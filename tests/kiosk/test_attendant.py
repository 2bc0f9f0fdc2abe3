"""S14: what opens it and what does not, what it says, and what an attendant's answer becomes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual import events

from kiosk.attendant.lock import KNOCKS, SHUT_S, TRIES, Knocks, Lock
from kiosk.attendant.questions import QuestionTile
from kiosk.child import RESTART
from kiosk.desk import Desk
from kiosk.settings import KioskSettings
from shared.board import KEYS, Board, BoardQuestion, KioskKeys, write_keys
from shared.choice import Choice
from shared.door_code import attendant_code
from shared.ids import record_id
from shared.moment import ClockQuality
from shared.outbox import Outbox, OutboxBroken
from shared.records import Retraction, Statement
from shared.text import Text
from tests.kiosk.glass import Glass, in_terminal, terminal
from tests.kiosk.glass import kiosk as open_kiosk
from tests.kiosk.station import NOW, StandingClock, board, furnish, said
from tests.kiosk.test_geometry import assert_fits

pytestmark = pytest.mark.anyio

STATION, KEY = "k3v9x2m7qa", bytes(range(32))
SIZES = [(64, 20), (80, 23), (120, 34)]
CODE = attendant_code(KEY, STATION, NOW)
WRONG = f"{(int(CODE) + 1) % 10_000:04d}"
CARD = "GH-00420017"
TROUBLES = [
    Text(f"设备 {n} 号已 12 分钟没有回答：查接线、查供电", f"Device {n} has not answered for 12 min") for n in range(8)
]


def question(number: int = 1, facility: str = "air_conditioner-1") -> BoardQuestion:
    return BoardQuestion(
        question=record_id(NOW, bytes([number] * 10)),
        facility=facility,
        text=Text("空调是关着，还是坏了？", "Is it switched off, or broken?"),
        choices=[Choice(id="yes", label=Text("关着", "Off")), Choice(id="no", label=Text("坏了", "Broken"))],
    )


def station(folder: Path, shown: Board | None = None) -> Path:
    furnish(folder, shown or replace(board(), questions=[question()], troubles=TROUBLES))
    write_keys(folder, KioskKeys(station=STATION, qr=KEY.hex(), card="0" * 64))
    return folder


async def knock(glass: Glass, times: int = KNOCKS) -> None:
    """Fingers on the clock, through the app's own gate: Pilot's go past it."""
    column = glass.app.size.width - 4
    for _ in range(times):
        finger = events.MouseDown(None, column, 0, 0, 0, 1, False, False, False, screen_x=column, screen_y=0)
        glass.app.post_message(finger)
    await glass.quiet()


async def enter(glass: Glass, code: str = CODE) -> None:
    await knock(glass)
    await glass.walk(*(f"d-{digit}" for digit in code))


@pytest.mark.parametrize("size", SIZES[:2])
async def test_a_long_question_is_cut_with_a_sign_and_whole_on_the_next_screen(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    asked = "Please look at the seal and the hinge of the door, feel whether cold air comes out, and say what you found"
    long = replace(question(), text=Text(asked, asked))
    shown = replace(board(), questions=[replace(long, question=question(n).question) for n in range(6)])
    async with open_kiosk(station(tmp_path, shown), size=size) as glass:
        await enter(glass)
        await glass.walk("questions")
        for tile in glass.app.screen.query(QuestionTile):
            text = str(tile.render())
            assert text.endswith("…") or asked in " ".join(text.split())
        assert_fits(glass)
        await glass.walk("q-0")
        assert asked in glass.text()


@pytest.mark.parametrize(
    ("times", "opens"),
    [
        ((0, 0.2, 0.4, 0.6, 0.8), True),
        ((0, 0.7, 1.4, 2.1, 3.0), True),
        ((0, 0.8, 1.6, 2.4, 3.1), False),
        ((0, 1), False),
    ],
)
def test_five_touches_within_three_seconds_open(times: tuple[float, ...], opens: bool) -> None:
    knocks = Knocks()
    assert [knocks.knock(at) for at in times][-1] is opens


def test_a_touch_elsewhere_begins_anew() -> None:
    knocks = Knocks()
    for at in (0.0, 0.1, 0.2, 0.3):
        assert not knocks.knock(at)
    assert not knocks.touched(20, 10, 80, 0.4)
    assert not knocks.touched(76, 0, 80, 0.5)


def test_three_wrong_codes_shut_it_for_five_minutes() -> None:
    lock = Lock()
    for left in (3, 2, 1):
        assert lock.left == left
        assert lock.shut_s(10) == 0
        lock.wrong(10)
    assert lock.shut_s(10) == SHUT_S
    assert lock.shut_s(10 + SHUT_S) == 0
    lock.wrong(400)
    lock.right()
    assert lock.left == TRIES


async def test_the_code_opens_the_menu_which_says_what_is_wrong(tmp_path: Path) -> None:
    async with open_kiosk(station(tmp_path)) as glass:
        await enter(glass)
        assert glass.screen == "MenuScreen"
        text = glass.text()
    for shown in ("待上传 0 条", "● 中心在线", "时钟已对时", "版本", "磁盘剩", "设备 7 号", "待答问题 1"):
        assert shown in text, shown


async def test_the_code_of_the_step_before_opens_and_older_ones_do_not(tmp_path: Path) -> None:
    async with open_kiosk(station(tmp_path), StandingClock(NOW + timedelta(minutes=10))) as glass:
        await enter(glass)
        assert glass.screen == "MenuScreen"
    async with open_kiosk(tmp_path, StandingClock(NOW + timedelta(minutes=31))) as glass:
        await enter(glass)
        assert glass.screen == "CodeScreen"


async def test_three_wrong_codes_say_so_and_nothing_else_is_shown(tmp_path: Path) -> None:
    clock = StandingClock()
    async with open_kiosk(station(tmp_path), clock) as glass:
        await enter(glass, WRONG)
        assert "还可以试 2 次" in glass.text()
        await glass.walk(*(f"d-{digit}" for digit in WRONG * 2))
        assert "5 分钟后再试" in glass.text()
        await glass.walk(*(f"d-{digit}" for digit in CODE))
        assert glass.screen == "CodeScreen"
        await glass.walk("back")
        assert glass.screen == "AttractScreen"
        clock.pass_(200)
        await knock(glass)
        assert "2 分钟后再试" in glass.text()
        clock.pass_(101)
        await glass.tick()
        assert glass.screen == "AttractScreen"
        await enter(glass, attendant_code(KEY, STATION, clock.at))
        assert glass.screen == "MenuScreen"


async def test_digits_can_be_erased_and_are_never_shown(tmp_path: Path) -> None:
    async with open_kiosk(station(tmp_path)) as glass:
        await knock(glass)
        await glass.walk("d-1", "d-2")
        assert "● ● ○ ○" in glass.text()
        await glass.walk("erase")
        assert "● ○ ○ ○" in glass.text()
        await glass.walk("clear", *(f"d-{digit}" for digit in CODE))
        assert glass.screen == "MenuScreen"


async def test_without_keys_or_with_a_wrong_clock_no_code_is_asked(tmp_path: Path) -> None:
    async with open_kiosk(station(tmp_path), StandingClock(clock=ClockQuality.WRONG)) as glass:
        await enter(glass)
        assert "时钟不对" in glass.text()
    (tmp_path / KEYS).unlink()
    async with open_kiosk(tmp_path) as glass:
        await enter(glass)
        assert "还没有密钥" in glass.text()
        assert glass.screen == "CodeScreen"


async def test_it_ends_by_itself_after_a_minute(tmp_path: Path) -> None:
    clock = StandingClock()
    async with open_kiosk(station(tmp_path), clock) as glass:
        await enter(glass)
        clock.pass_(59)
        await glass.tick()
        assert glass.screen == "MenuScreen"
        clock.pass_(2)
        await glass.tick()
        assert glass.screen == "AttractScreen"


async def test_a_step_of_it_that_ends_by_itself_ends_at_the_menu_which_has_its_minute(tmp_path: Path) -> None:
    clock = StandingClock()
    async with open_kiosk(station(tmp_path), clock) as glass:
        await enter(glass)
        await glass.walk("questions")
        clock.pass_(81)
        glass.app.tick()
        glass.app.tick()  # before the app has heard that the menu is up again
        await glass.quiet()
        assert glass.screen == "MenuScreen"


async def test_an_answer_is_a_statement_which_can_be_taken_back(tmp_path: Path) -> None:
    async with open_kiosk(station(tmp_path)) as glass:
        await enter(glass)
        await glass.walk("questions", "q-0", "a-1")
        assert glass.screen == "ThanksScreen"
        assert "已记下：坏了" in glass.text()
        [statement] = said(tmp_path)
        asked = question()
        assert statement == Statement(question=asked.question, facility=asked.facility, answer="no", by="attendant")
        assert glass.app.desk.questions == []
        await glass.walk("undo")
        assert isinstance(said(tmp_path)[1], Retraction)
        assert glass.app.desk.questions == [asked]
        await glass.walk("done")
        assert glass.screen == "MenuScreen"
        assert "待答问题 1" in glass.text()


async def test_the_menu_is_left_for_the_start_in_chinese(tmp_path: Path) -> None:
    async with open_kiosk(station(tmp_path)) as glass:
        await enter(glass)
        await glass.walk("language")
        assert "Device 7 has not answered" in glass.text()
        await glass.walk("back")
        assert glass.screen == "AttractScreen"
        assert glass.app.desk.language == "zh"


async def test_while_the_glass_is_cleaned_it_is_deaf(tmp_path: Path) -> None:
    clock = StandingClock()
    async with open_kiosk(station(tmp_path), clock) as glass:
        await enter(glass)
        await glass.walk("cleaning")
        clock.pass_(10)
        await glass.tick()
        assert "20" in glass.text()
        await knock(glass)
        await glass.pilot.press("escape", "1")
        assert glass.screen == "CleaningScreen"
        clock.pass_(20)
        await glass.tick()
        assert glass.screen == "MenuScreen"


async def test_a_card_does_not_end_the_cleaning_and_reads_that_it_was_not_counted(tmp_path: Path) -> None:
    clock = StandingClock()
    async with open_kiosk(station(tmp_path), clock) as glass:
        await enter(glass)
        await glass.walk("cleaning")
        await glass.scan(CARD)
        assert glass.screen == "CleaningScreen"
        assert "没 有 签 到" in glass.text()
        clock.pass_(30)
        await glass.tick()
        assert glass.screen == "MenuScreen"
    assert said(tmp_path) == []


@pytest.mark.parametrize("road", [[], ["questions", "q-0"], ["touch-test"], ["language"]])
async def test_a_card_ends_what_the_attendant_opened_and_is_thanked_in_chinese(tmp_path: Path, road: list[str]) -> None:
    async with open_kiosk(station(tmp_path)) as glass:
        await enter(glass)
        await glass.walk(*road)
        await glass.scan(CARD)
        assert "签到成功：刷卡签到" in glass.text()
        await glass.walk("done")
        assert glass.screen == "AttractScreen"


async def test_digits_given_before_a_card_came_are_forgotten(tmp_path: Path) -> None:
    async with open_kiosk(station(tmp_path)) as glass:
        await knock(glass)
        await glass.walk(*(f"d-{digit}" for digit in CODE[:3]))
        await glass.scan(CARD)
        await glass.walk("then", "back")
        assert glass.screen == "AttractScreen"
    assert said(tmp_path) != []


async def test_the_touch_test_counts_what_it_felt(tmp_path: Path) -> None:
    async with open_kiosk(station(tmp_path)) as glass:
        await enter(glass)
        await glass.walk("touch-test", "f-0", "f-0", "f-19")
        assert "2 / 20" in glass.text()
        await glass.walk(*(f"f-{n}" for n in range(20)))
        assert "每一格都好" in glass.text()


async def test_restart_ends_with_the_code_that_asks_for_another(tmp_path: Path) -> None:
    async with open_kiosk(station(tmp_path)) as glass:
        await enter(glass)
        await glass.walk("restart")
    assert glass.app.return_code == RESTART


async def test_a_silent_monitor_is_the_trouble_and_a_broken_outbox_is_said(tmp_path: Path) -> None:
    station(tmp_path, board(at=NOW - timedelta(minutes=12)))

    def broken(_: KioskSettings) -> Outbox:
        raise OutboxBroken("the disk")

    desk = Desk(KioskSettings.of(tmp_path), StandingClock(), broken)
    async with open_kiosk(tmp_path, desk=desk) as glass:
        await enter(glass)
        assert "监测程序已 12 分钟没有消息" in glass.text()
        assert "存储读不出来" in glass.text()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("english", [False, True])
async def test_every_screen_fits(tmp_path: Path, size: tuple[int, int], english: bool) -> None:
    asked = [question(n, f"fridge-{n}") for n in range(8)]
    station(tmp_path, replace(board(), questions=asked, troubles=TROUBLES))
    async with open_kiosk(tmp_path, size=size) as glass:
        await knock(glass)
        assert_fits(glass)
        await glass.walk(*(f"d-{digit}" for digit in CODE))
        if english:
            await glass.walk("language")
        assert_fits(glass)
        for road in (["questions"], ["questions", "q-0"], ["touch-test"], ["cleaning"]):
            await glass.walk(*road)
            assert_fits(glass)
            while glass.screen != "MenuScreen":
                glass.app.pop_screen()
                await glass.quiet()


def test_five_taps_on_a_real_terminal_and_the_number_pad_open_it(tmp_path: Path) -> None:
    """Five taps on the attract screen's clock: the first opens the home screen, the next find it deaf."""
    with terminal(in_terminal(station(tmp_path))) as glass:
        assert glass.shows("轻 触 屏 幕 开 始")
        glass.settle()
        for _ in range(KNOCKS):
            glass.tap(76, 0)
            glass.read(0.15)
        assert glass.shows("四位动态码", since=0)
        glass.settle()
        for digit in attendant_code(KEY, STATION, datetime.now(UTC)):
            glass.send(digit.encode())
            glass.read(0.5)
        assert glass.shows("待上传", since=0)
    assert said(tmp_path) == []
