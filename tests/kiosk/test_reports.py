"""What people report stands beside what the sensors see, danger first; and a wrong clock is compared with nothing."""

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk import answers, words
from kiosk.desk import Desk
from kiosk.reports import TOLD_BACK_S, Reports
from kiosk.settings import KioskSettings
from kiosk.shown import Shown, worst_first
from kiosk.sight import Sight
from shared.board import outbox_path
from shared.moment import ClockQuality, Stamp
from shared.outbox import Outbox
from shared.records import FaultReport, Record
from shared.services import Availability
from shared.settings_message import MaintenanceWindow, OpenAlert, Repaired
from shared.states import State
from shared.text import Text
from tests.kiosk.glass import kiosk
from tests.kiosk.station import NOW, StandingClock, board, facility, furnish, told

HOUR = timedelta(hours=1)


def reported(subject: str = "microwave-1", danger: bool = False, **more: object) -> OpenAlert:
    return OpenAlert(subject=subject, opened_at=NOW, danger=danger, **more)  # type: ignore[arg-type] — the test's own names


def microwave(alert: OpenAlert, state: State = State.OK, **more: object) -> Shown:
    sight = Sight(NOW, board([facility("microwave-1", state)]), told(alerts=[alert]), **more)  # type: ignore[arg-type] — the test's own names
    return sight.measured[0]


def test_danger_stands_before_every_state_and_the_sensors_word_beside_it() -> None:
    for state in State:
        shown = microwave(reported(danger=True), state)
        assert (shown.shape, shown.word, shown.look) == ("!", words.SAID_DANGER, "danger")
        assert shown.brief is not None
        assert shown.brief.zh.startswith("监测：")


def test_a_report_stands_where_the_sensors_see_nothing_and_is_no_verdict() -> None:
    shown = microwave(reported())
    assert (shown.shape, shown.word, shown.look) == ("?", words.SAID_BROKEN, "reported")
    assert shown.note == Text("已报修 09:00，监测：正常", "Reported 09:00; sensors: Works")
    assert microwave(reported(), State.DOWN).look == "down"
    assert microwave(OpenAlert(facility="microwave-1", opened_at=NOW)).look == "ok", "a rule spoke, and no person"


def test_danger_of_old_data_is_danger_still() -> None:
    sight = Sight(NOW + HOUR, board([facility("microwave-1")]), told(alerts=[reported(danger=True)]))
    assert sight.measured[0].look == "danger"


def test_of_two_reports_danger_is_the_one_that_is_shown() -> None:
    alerts = [reported(acknowledged=True), reported(danger=True)]
    sight = Sight(NOW, board([facility("fridge-1"), facility("microwave-1")]), told(alerts=alerts))
    assert [shown.id for shown in sight.measured] == ["microwave-1", "fridge-1"]
    assert worst_first(sight.measured)[0].id == "microwave-1"
    assert sight.known("microwave-1", short=True) == words.SAID_DANGER


@pytest.mark.parametrize(
    ("danger", "state", "second", "offered"),
    [
        (True, State.DEGRADED, None, Availability.UNKNOWN),
        (False, State.OK, None, Availability.UNKNOWN),
        (False, State.OK, State.OK, Availability.AVAILABLE),
        (False, State.DOWN, None, Availability.UNAVAILABLE),
    ],
)
def test_what_people_contradict_is_not_known_to_be_offered(
    danger: bool, state: State, second: State | None, offered: Availability
) -> None:
    rows = [facility("microwave-1", state), *([facility("microwave-2", second)] if second else [])]
    sight = Sight(NOW, board(rows), told(alerts=[reported(danger=danger)]))
    assert [one.availability for one in sight.services] == [offered]


def test_danger_is_called_by_its_name_wherever_it_is() -> None:
    alerts = [reported(danger=True), reported("door", danger=True), reported("other", danger=True)]
    said = [text.zh for text in Sight(NOW, board(), told(alerts=alerts)).dangers]
    assert said == [
        "有人报告危险：微波炉，请远离", "有人报告危险：门，请远离", "有人报告危险：本站某处，请远离",
    ]  # fmt: skip


def test_a_report_counts_here_until_the_hub_has_had_time_to_tell_it_back() -> None:
    reports, arrived = Reports(), set[str]()
    now = Stamp(NOW, "boot", 100.0, ClockQuality.SYNCED)
    reports.note(FaultReport(subject="door", problem="door"), "a", 40.0)
    reports.note(FaultReport(subject="fridge-1", problem="danger", danger=True), "b", 40.0)
    found = reports.open(now, arrived.__contains__)
    assert [(one.about, one.danger) for one in found] == [("fridge-1", True), ("door", False)]
    assert found[0].opened_at == NOW - timedelta(seconds=60)
    arrived.add("a")
    assert len(reports.open(now, arrived.__contains__)) == 2
    later = Stamp(NOW, "boot", 100.0 + TOLD_BACK_S, ClockQuality.SYNCED)
    assert [one.about for one in reports.open(later, arrived.__contains__)] == ["fridge-1"]


def test_what_was_taken_back_counts_no_more_and_what_another_said_does() -> None:
    reports, now = Reports(), Stamp(NOW, "boot", 9.0, ClockQuality.SYNCED)
    for record in ("a", "b"):
        reports.note(FaultReport(subject="fridge-1", problem="danger", danger=True), record, 1.0)
    reports.undone("b")
    assert len(reports.open(now, lambda _: False)) == 1
    reports.undone("a")
    assert reports.open(now, lambda _: False) == []


def test_with_a_wrong_clock_no_time_of_the_hubs_is_compared_with_it() -> None:
    settings = told(
        alerts=[reported(promised_at=NOW + HOUR)],
        maintenance=[MaintenanceWindow(start=NOW + n * HOUR, end=NOW + (n + 1) * HOUR) for n in (0, 1)],
        repaired=[Repaired(facility="fridge-1", opened_at=NOW - HOUR, repaired_at=NOW - HOUR)],
    )
    sight = Sight(NOW, board(), settings, dated=False)
    assert sight.known("microwave-1") == sight.known("microwave-1", short=True) == words.TAKEN_UP
    assert sight.news == []
    assert all(shown.note is None for shown in sight.measured if shown.id != "microwave-1")
    assert Sight(NOW, board(), told(alerts=[reported()]), dated=False).known("microwave-1") == words.SAID_BROKEN
    noticed = OpenAlert(facility="fridge-1", opened_at=NOW)
    assert Sight(NOW, board(), told(alerts=[noticed]), dated=False).known("fridge-1") == words.NOTICED


def test_what_was_reported_of_the_door_here_is_told_before_the_hub_tells_it() -> None:
    assert [text.zh for text in Sight(NOW, board(), told(), here=[reported("door")]).beside] == ["门：已报修 09:00"]


@pytest.mark.anyio
@pytest.mark.parametrize("online", [True, False])
async def test_what_was_just_reported_is_not_said_to_work(tmp_path: Path, online: bool) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path, board(online=online)), clock) as glass:
        await glass.tap("start", "tile-2", "subject-2", "p-not_hot")
        assert "现在能用：空调 正常   冰箱 正常   饮用水 正常" in glass.text()
        await glass.tap("done")
        assert "? 微波炉 已报修" in glass.text()
        clock.pass_(4)
        await glass.tap("start", "tile-2", "subject-1", "p-danger", "done")
        assert "! 冰箱 报危险" in glass.text()
        assert "有人报告危险：冰箱，请远离" in glass.text()
        await glass.tap("start", "tile-0", "o-0")
        assert "有人报告危险：冰箱，请远离" in glass.text()
        assert "现在能用" not in glass.text()


@pytest.mark.anyio
async def test_danger_taken_back_stands_nowhere(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start", "tile-2", "subject-1", "p-danger", "undo")
        clock.pass_(2)
        await glass.pilot.pause(0.15)
        await glass.tap("undo", "done")
        assert "● 冰箱 正常" in glass.text()
        assert "危险" not in glass.text()


async def started_again(folder: Path, clock: StandingClock) -> str:
    """What another kiosk says on its first screen and its board a second later."""
    async with kiosk(folder, clock) as glass:
        await glass.tick()
        first = glass.text()
        await glass.tap("start", "tile-3")
        return first + glass.text()


@pytest.mark.anyio
@pytest.mark.parametrize("boot", ["boot-1", "boot-2"])
async def test_a_kiosk_started_again_knows_what_the_hub_has_not_heard(tmp_path: Path, boot: str) -> None:
    clock = StandingClock()
    furnish(tmp_path, board(online=False))
    async with kiosk(tmp_path, clock) as glass:
        await glass.tap("start", "tile-2", "subject-2", "p-not_hot", "done")
        clock.pass_(60)
        await glass.tap("start", "tile-2", "subject-1", "p-danger", "done")
    clock.pass_(60)
    clock.boot, clock.uptime = boot, clock.uptime if boot == "boot-1" else 5.0
    text = await started_again(tmp_path, clock)
    assert "? 微波炉 已报修" in text
    assert "已报修 09:00，监测：正常" in text
    assert "有人报告危险：冰箱，请远离" in text


@pytest.mark.anyio
async def test_a_kiosk_started_again_knows_nothing_of_what_was_taken_back_or_has_arrived(tmp_path: Path) -> None:
    clock = StandingClock()
    furnish(tmp_path)
    async with kiosk(tmp_path, clock) as glass:
        await glass.tap("start", "tile-2", "subject-2", "p-not_hot", "undo", "done")
        await glass.tap("start", "tile-2", "subject-1", "p-not_cold", "done")
    outbox = Outbox(outbox_path(tmp_path))
    [arrived] = [one.id for one in outbox.reports()]
    outbox.forget([arrived])
    outbox.close()
    text = await started_again(tmp_path, clock)
    assert "● 微波炉 正常" in text
    assert "● 冰箱 正常" in text


@pytest.mark.anyio
async def test_what_was_found_and_what_is_said_now_count_once(tmp_path: Path) -> None:
    clock = StandingClock()
    desk = Desk(KioskSettings.of(furnish(tmp_path)), clock)
    report = FaultReport(subject="door", problem="door")
    first = desk.put(report)
    clock.pass_(60)
    later = Desk(KioskSettings.of(tmp_path), clock)
    second = later.put(report)
    [alert] = later.sight.here
    assert alert.opened_at == NOW
    for record in (second, first):
        later.put(answers.retraction(record))
    assert later.sight.here == []


def test_of_a_boot_that_never_knew_the_time_a_report_is_older_than_this_one() -> None:
    reports, now = Reports(), Stamp(NOW, "boot-2", 9.0, ClockQuality.SYNCED)
    fact = FaultReport(subject="door", problem="door")
    id_ = "0190a000-0000-7000-8000-00000000000a"
    reports.found(Record(id=id_, at=None, boot="boot-1", uptime=500.0, clock=ClockQuality.WRONG, fact=fact), now)
    [alert] = reports.open(now, lambda _: False)
    assert alert.opened_at == NOW - timedelta(seconds=9)


@pytest.mark.anyio
async def test_what_is_in_use_is_not_free_to_use(tmp_path: Path) -> None:
    rows = [facility("fridge-1"), facility("microwave-1", busy=True)]
    async with kiosk(furnish(tmp_path, board(rows))) as glass:
        await glass.tap("start", "tile-0", "o-0")
        assert "现在能用：冰箱 正常" in glass.text()
        assert "微波炉" not in glass.text()


@pytest.mark.anyio
async def test_without_its_agent_nothing_is_promised_of_the_network(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path, board(at=NOW - timedelta(minutes=8)))) as glass:
        await glass.tap("start", "tile-0", "o-0")
        assert "已存在本机，尚未上传" in glass.text()
        assert "联网" not in glass.text()


@pytest.mark.anyio
async def test_with_a_wrong_clock_the_glass_tells_no_times(tmp_path: Path) -> None:
    clock = StandingClock(clock=ClockQuality.WRONG)
    alert = reported(danger=True, notified_at=NOW + HOUR)
    async with kiosk(furnish(tmp_path, settings=told(alerts=[alert])), clock) as glass:
        await glass.tap("start", "tile-2", "subject-2", "p-danger")
        assert "○ 正在上传" in glass.text()
        assert "● 已通知值班员" not in glass.text()
        assert "值班员接到过通知（11-20 10:00）" in glass.text()
        await glass.tap("done", "start", "tile-3")
        assert "数据更新：刚刚" in glass.text()
        assert "09:00" not in glass.text()
