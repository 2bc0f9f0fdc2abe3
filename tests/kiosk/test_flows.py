"""What people do, asserted on what lands in a real outbox."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.desk import Desk
from kiosk.screens.thanks import READ_S
from kiosk.settings import KioskSettings
from kiosk.touch import Touch
from shared.board import outbox_path
from shared.choice import Choice
from shared.moment import ClockQuality, Stamp
from shared.outbox import FOR_A_LOOK_S, FOR_PEOPLE_S, Outbox
from shared.records import CheckIn, Fact, FaultReport, Feedback, Retraction
from shared.settings_message import OpenAlert, Repaired
from shared.states import State
from shared.text import Text
from tests.kiosk.glass import LET_GO_S, kiosk
from tests.kiosk.station import NOW, StandingClock, board, facility, furnish, keyed, said, told
from tests.kiosk.test_geometry import assert_fits

pytestmark = pytest.mark.anyio
Said = Sequence[tuple[Fact, Stamp]]


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Another process writes in the outbox meanwhile."""
    other = sqlite3.connect(outbox_path(folder), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def test_a_check_in_is_one_touch_and_on_disk_before_it_is_thanked(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start", "tile-0")
        assert said(tmp_path) == []
        await glass.tap("o-1")
        assert glass.screen == "ThanksScreen"
        assert said(tmp_path) == [CheckIn(occupation="courier")]
        assert "签到成功：快递员   09:00" in glass.text()
        assert "今天您是第 1 位" in glass.text()


async def test_undo_within_ten_seconds_is_a_retraction_and_uncounts(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start", "tile-0", "o-0")
        await glass.tap("undo")
        facts = said(tmp_path)
        assert isinstance(facts[1], Retraction)
        assert "已撤销" in glass.text()
        assert glass.app.desk.sight.checked_in == 0
        await glass.tap("done")
        assert glass.screen == "AttractScreen"


async def test_undo_goes_away_after_ten_seconds_and_the_thanks_with_it(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start", "tile-0", "o-0")
        clock.pass_(9)
        await glass.tick()
        assert "撤销（1）" in glass.text()
        clock.pass_(1)
        await glass.tick()
        assert glass.screen == "AttractScreen"
    assert len(said(tmp_path)) == 1


async def test_offline_says_so_and_promises_nothing(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path, board(online=False))) as glass:
        await glass.tap("start", "tile-0", "o-0")
        assert "已存在本机，联网后自动上传" in glass.text()
        assert "▲ 离线" in glass.text()


async def test_the_hubs_occupations_are_offered_when_it_has_said_any(tmp_path: Path) -> None:
    two = [Choice(id="gardener", label=Text("园林工", "Gardener")), Choice(id="other", label=Text("其他", "Other"))]
    async with kiosk(furnish(tmp_path, settings=told(occupations=two))) as glass:
        await glass.tap("start", "tile-0")
        assert "园林工" in glass.text()
        await glass.tap("o-0")
    assert said(tmp_path) == [CheckIn(occupation="gardener")]


async def test_play_is_kept_and_marked(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        for _ in range(4):
            await glass.tap("start", "tile-0", "o-0", "done")
            clock.pass_(3)
    assert [fact.burst for fact in said(tmp_path) if isinstance(fact, CheckIn)] == [False, False, False, True]


async def test_a_happy_face_is_the_whole_answer(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start", "tile-1", "score-4")
        assert glass.screen == "ThanksScreen"
    assert said(tmp_path) == [Feedback(score=4)]


async def test_an_unhappy_face_is_asked_why(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start", "tile-1", "score-1", "r-water", "r-seats", "r-food")
        await glass.pilot.pause(LET_GO_S)
        await glass.tap("r-water")
        assert said(tmp_path) == []
        await glass.tap("submit")
        assert glass.screen == "ThanksScreen"
    assert said(tmp_path) == [Feedback(score=1, tags=["food", "seats"])]


async def test_who_touches_an_unhappy_face_and_leaves_has_answered(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start", "tile-1", "score-2", "r-water")
        clock.pass_(30)
        await glass.tick()
        assert glass.screen == "StillThere"
        assert "20" in glass.text()
        clock.pass_(20)
        await glass.tick()
        assert glass.screen == "AttractScreen"
    assert said(tmp_path) == [Feedback(score=2, tags=["water"])]


async def test_back_right_after_an_unhappy_face_is_a_slip_put_right(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start", "tile-1", "score-1", "back", "score-3")
    assert said(tmp_path) == [Feedback(score=3)]


async def test_back_from_the_reasons_later_counts_and_the_glass_says_so(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start", "tile-1", "score-1")
        clock.pass_(6)
        await glass.tap("back")
        assert glass.screen == "FeedbackScreen"
        assert "您的评价已记下：不 满 意" in glass.text()
        assert said(tmp_path) == [Feedback(score=1)]


async def test_back_after_a_reason_was_chosen_counts_with_it(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start", "tile-1", "score-2", "r-water", "back")
    assert said(tmp_path) == [Feedback(score=2, tags=["water"])]


async def test_back_to_a_store_that_is_full_says_so(tmp_path: Path) -> None:
    settings = KioskSettings.of(furnish(tmp_path))
    small = Desk(settings, StandingClock(), lambda one: Outbox(outbox_path(one.folder), max_bytes=1024))
    async with kiosk(tmp_path, desk=small) as glass:
        await glass.tap("start", "tile-1", "score-2", "r-water", "back")
        assert glass.screen == "NotKeptScreen"


@pytest.mark.parametrize("road", [["start", "tile-1", "score-1"], ["score-1"]], ids=["form", "first screen"])
async def test_who_ends_the_visit_after_an_unhappy_face_has_answered(tmp_path: Path, road: list[str]) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap(*road)
        clock.pass_(30)
        await glass.tick()
        await glass.tap("leave")
        assert glass.screen == "AttractScreen"
    assert said(tmp_path) == [Feedback(score=1)]


async def test_feedback_after_a_check_in(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start", "tile-0", "o-7", "then", "score-4")
    assert said(tmp_path) == [CheckIn(occupation="other"), Feedback(score=4)]


async def test_a_fault_takes_two_touches(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start", "tile-2", "subject-2", "p-not_hot")
        assert "已记下" in glass.text()
    assert said(tmp_path) == [FaultReport(subject="microwave-1", problem="not_hot", danger=False)]


@pytest.mark.parametrize(
    ("online", "words"), [(True, "请同时拨打电话"), (False, "尚未送达，请拨电话")], ids=["online", "offline"]
)
async def test_danger_says_leave_first_and_whom_to_call(tmp_path: Path, online: bool, words: str) -> None:
    async with kiosk(furnish(tmp_path, board(online=online))) as glass:
        await glass.tap("start", "tile-2", "subject-4", "p-danger")
        assert "请离开，先保证安全" in glass.text()
        assert "请拨 12351 / 119" in glass.text()
        assert words in glass.text()
    assert said(tmp_path) == [FaultReport(subject="outlets-1", problem="danger", danger=True)]


async def test_a_warning_of_danger_outlasts_the_undo(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start", "tile-2", "subject-4", "p-danger")
        clock.pass_(11)
        await glass.tick()
        assert glass.screen == "ThanksScreen"
        assert "撤销" not in glass.text()


async def test_door_and_network_can_be_reported(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start", "tile-2", "subject-7", "p-door", "done")
        clock.pass_(3)
        await glass.tap("start", "tile-2", "subject-8", "p-slow")
    assert said(tmp_path) == [
        FaultReport(subject="door", problem="door"),
        FaultReport(subject="network", problem="slow"),
    ]


async def test_the_next_check_in_waits_three_seconds_and_the_glass_says_so(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start", "tile-0", "o-0", "done", "start", "tile-0", "o-1")
        assert glass.screen == "CheckInScreen"
        assert "刚记下一条，请过 3 秒再点" in glass.text()
        clock.pass_(3)
        await glass.tick()
        assert "玄武湖驿站" in glass.text()
        await glass.pilot.pause(LET_GO_S)
        await glass.tap("o-1")
        assert glass.screen == "ThanksScreen"
    assert len(said(tmp_path)) == 2


async def test_a_wrong_occupation_taken_back_can_be_put_right_at_once(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start", "tile-0", "o-0", "undo", "done", "start", "tile-0", "o-1")
        assert glass.screen == "ThanksScreen"
        assert glass.app.desk.sight.checked_in == 1


async def test_a_face_touched_again_within_five_seconds_is_the_one_that_counts(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start", "tile-1", "score-4", "done")
        clock.pass_(4)
        await glass.tap("start", "tile-1", "score-3")
    facts = said(tmp_path)
    assert [type(fact) for fact in facts] == [Feedback, Retraction, Feedback]


async def test_the_fifth_face_in_a_minute_is_kept_and_marked(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        for _ in range(5):
            await glass.tap("start", "tile-1", "score-4", "done")
            clock.pass_(6)
    assert [fact.burst for fact in said(tmp_path) if isinstance(fact, Feedback)] == [False] * 4 + [True]


async def test_thanks_say_what_works_now_and_how_long_they_stand(tmp_path: Path) -> None:
    clock = StandingClock()
    broken = [facility("fridge-1", cabinet_temperature=4.0), facility("microwave-1", State.DOWN)]
    async with kiosk(furnish(tmp_path, board(broken)), clock) as glass:
        await glass.tap("start", "tile-0", "o-0")
        assert "现在能用：冰箱 4°C" in glass.text()
        assert "微波炉" not in glass.text()
        clock.pass_(5)
        await glass.tick()
        assert "██████████░░░░░░░░░░  5 秒后返回" in glass.text()


async def test_danger_shows_each_stage_only_when_it_is_so(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start", "tile-2", "subject-4", "p-danger")
        assert "● 报告已存在本机" in glass.text()
        assert "○ 正在上传，请同时拨打电话" in glass.text()
        assert "○ 还没有通知到值班员" in glass.text()
        outbox = Outbox(outbox_path(tmp_path))
        [record] = outbox.take("now", Stamp(NOW, "boot-2", 0.0, ClockQuality.SYNCED))
        outbox.forget([record.id])
        outbox.close()
        await glass.tick()
        assert "● 平台已收到报告" in glass.text()
        assert "○ 还没有通知到值班员" in glass.text()
        soon = NOW + timedelta(seconds=20)
        alert = OpenAlert(facility="outlets-1", opened_at=NOW, danger=True, notified_at=soon)
        furnish(tmp_path, settings=told(alerts=[alert]))
        await glass.tick()
        assert "● 已通知值班员（09:00）" in glass.text()


async def test_a_damaged_outbox_never_says_a_report_of_danger_has_arrived(tmp_path: Path) -> None:
    desk = Desk(KioskSettings.of(furnish(tmp_path)), StandingClock())
    async with kiosk(tmp_path, desk=desk) as glass:
        await glass.tap("start", "tile-2", "subject-4", "p-danger")
        damaged = sqlite3.connect(outbox_path(tmp_path), isolation_level=None)
        damaged.execute("DELETE FROM item")
        damaged.execute("INSERT INTO salvage VALUES (1, 'outbox.db.damaged', 0, NULL)")
        damaged.close()
        await glass.tick()
        assert "平台已收到" not in glass.text()


async def test_an_alarm_is_called_off_by_two_touches_only(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start", "tile-2", "subject-4", "p-danger", "undo")
        assert "真的不危险吗？（10）" in glass.text()
        assert "请离开" in glass.text()
        assert len(said(tmp_path)) == 1
        clock.pass_(READ_S)
        await glass.tick()
        assert "确认不危险，再点一次（9）" in glass.text()
        await glass.pilot.pause(LET_GO_S)
        await glass.tap("undo")
        assert "已撤销" in glass.text()
        assert "请离开" not in glass.text()
    assert isinstance(said(tmp_path)[1], Retraction)


@pytest.mark.parametrize(
    ("road", "said_so", "alarm"),
    [
        (["tile-0", "o-0"], "没有撤销", False),
        (["tile-2", "subject-4", "p-danger", "undo"], "没有撤销，报告仍算数", True),
    ],
)
async def test_an_undo_that_is_not_kept_says_that_what_was_said_still_counts(
    tmp_path: Path, road: list[str], said_so: str, alarm: bool
) -> None:
    said(furnish(tmp_path))
    clock = StandingClock()
    async with kiosk(tmp_path, clock, size=(64, 20)) as glass:
        await glass.tap("start", *road)
        clock.pass_(READ_S)
        await glass.pilot.pause(LET_GO_S)
        with held(tmp_path):
            await glass.tap("undo")
        assert glass.screen == "ThanksScreen"
        assert said_so in glass.text()
        assert ("请离开" in glass.text()) is alarm
        assert_fits(glass)
        assert len(said(tmp_path)) == 1
        await glass.pilot.pause(LET_GO_S)
        await glass.tap("undo")
        assert "已撤销" in glass.text()
        assert "没有撤销" not in glass.text()
        assert "仍算数" not in glass.text()
    assert isinstance(said(tmp_path)[1], Retraction)


async def test_a_finger_that_goes_on_touching_calls_no_alarm_off(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start", "tile-2", "subject-4", "p-danger", "undo")
        for _ in range(6):
            clock.pass_(READ_S - 0.3)
            await glass.pilot.pause(LET_GO_S)
            await glass.tap("undo")
        assert "请离开" in glass.text()
    assert len(said(tmp_path)) == 1


async def test_who_is_asked_at_the_last_moment_can_still_answer(tmp_path: Path) -> None:
    clock = StandingClock()
    async with kiosk(furnish(tmp_path), clock) as glass:
        await glass.tap("start", "tile-2", "subject-4", "p-danger")
        clock.pass_(9.5)
        await glass.tap("undo")
        clock.pass_(4)
        await glass.pilot.pause(LET_GO_S)
        await glass.tap("undo")
        assert "已撤销" in glass.text()


async def test_what_goes_leaves_its_place_empty_under_the_finger(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start", "tile-0", "o-0")
        place, done = (glass.app.screen.query_one(tile).region for tile in ("#undo", "#done"))
        await glass.tap("undo")
        assert glass.app.screen.query_one("#done").region == done
        assert not isinstance(glass.app.get_widget_at(*(int(at) for at in place.center))[0], Touch)
        assert "撤销（" not in glass.text()


async def test_danger_does_not_wait_for_anything(tmp_path: Path) -> None:
    async with kiosk(furnish(tmp_path)) as glass:
        await glass.tap("start", "tile-2", "subject-4", "p-dead", "done", "start", "tile-2", "subject-4", "p-danger")
        assert "请离开" in glass.text()


async def test_of_a_fault_already_known_another_report_is_one_more(tmp_path: Path) -> None:
    alert = OpenAlert(facility="fridge-1", subject="fridge-1", problem="not_cold", opened_at=NOW, acknowledged=True)
    async with kiosk(furnish(tmp_path, settings=told(alerts=[alert]))) as glass:
        await glass.tap("start", "tile-2", "subject-1")
        assert "已有人处理" in glass.text()
        assert "已有人报修“不制冷”，再报一次 = +1 同样遇到" in glass.text()
        await glass.tap("p-not_cold")
        assert "您的这次记为 +1 同样遇到" in glass.text()


@pytest.mark.parametrize(
    "alert",
    [
        OpenAlert(facility="fridge-1", opened_at=NOW),
        OpenAlert(facility="fridge-1", subject="fridge-1", problem="not_cold", opened_at=NOW),
    ],
    ids=["a rule's", "another problem's"],
)
async def test_of_what_nobody_has_reported_a_report_is_the_first(tmp_path: Path, alert: OpenAlert) -> None:
    async with kiosk(furnish(tmp_path, settings=told(alerts=[alert]))) as glass:
        await glass.tap("start", "tile-2", "subject-1")
        assert ("已有人报修" in glass.text()) is (alert.subject is not None)
        await glass.tap("p-dirty")
        assert "已记下：冰箱，" in glass.text()
        assert "+1" not in glass.text()


async def test_what_became_of_reports_on_door_network_and_supplies_is_said(tmp_path: Path) -> None:
    alerts = [
        OpenAlert(subject="network", problem="slow", opened_at=NOW, acknowledged=True),
        OpenAlert(subject="door", problem="other", opened_at=NOW, promised_at=NOW + timedelta(days=2)),
        OpenAlert(subject="other", opened_at=NOW),
    ]
    clock = StandingClock()
    async with kiosk(furnish(tmp_path, settings=told(alerts=alerts)), clock) as glass:
        await glass.tap("start", "tile-3")
        heard = ""
        for _ in range(3):
            await glass.tick()
            heard += glass.text()
            clock.pass_(6)
        assert "网络“网速慢”：已有人处理" in heard
        assert "门：预计 11-22 09:00 前修好" in heard
        assert "其他地方：已报修 09:00" in heard
        await glass.tap("back", "tile-2")
        shown = [str(glass.app.screen.query_one(f"#subject-{n}", Touch).label) for n in (7, 8, 9)]
        assert [line.splitlines()[1] for line in shown] == ["预计 11-22", "已有人处理", "已报修 09:00"]


async def test_the_board_says_what_was_done(tmp_path: Path) -> None:
    mended = Repaired(
        facility="microwave-1",
        problem="not_hot",
        by_person=True,
        opened_at=NOW,
        repaired_at=NOW - timedelta(days=1),
        reports=3,
    )
    async with kiosk(furnish(tmp_path, settings=told(repaired=[mended]))) as glass:
        await glass.tap("start", "tile-3")
        await glass.tick()
        assert "3 人反映微波炉“不加热”，11-19 已解决" in glass.text()


async def test_a_full_outbox_is_said_on_the_glass(tmp_path: Path) -> None:
    small = Desk(
        KioskSettings.of(furnish(tmp_path)),
        StandingClock(),
        lambda settings: Outbox(outbox_path(settings.folder), max_bytes=1024),
    )
    async with kiosk(tmp_path, desk=small) as glass:
        await glass.tap("start", "tile-0", "o-0")
        assert glass.screen == "NotKeptScreen"
        assert "本机存储已满，刚才这一条没有记下" in glass.text()
        assert "谢" not in glass.text()
        await glass.tap("back")
        assert glass.screen == "AttractScreen"
    assert said(tmp_path) == []


async def test_an_outbox_that_is_held_is_said_on_the_glass_soon_and_free_again_later(tmp_path: Path) -> None:
    said(furnish(tmp_path))
    async with kiosk(tmp_path) as glass:
        await glass.tap("start", "tile-0")
        with held(tmp_path):
            begun = time.monotonic()
            await glass.tap("o-0")
            assert time.monotonic() - begun < FOR_PEOPLE_S + 3
        assert glass.screen == "NotKeptScreen"
        assert "本机存储正忙" in glass.text()
        await glass.tap("back", "start", "tile-0", "o-0")
        assert glass.screen == "ThanksScreen"
    assert len(said(tmp_path)) == 1


@pytest.mark.parametrize("why", ["full", "busy"])
async def test_danger_that_cannot_be_kept_still_says_leave_and_whom_to_call(tmp_path: Path, why: str) -> None:
    clock = StandingClock()
    said(keyed(tmp_path))
    desk = Desk(
        KioskSettings.of(tmp_path),
        clock,
        lambda settings: Outbox(outbox_path(settings.folder), max_bytes=1024 if why == "full" else 2**20),
    )
    async with kiosk(tmp_path, clock, desk=desk, size=(64, 20)) as glass:
        await glass.tap("start", "tile-2", "subject-2")
        if why == "busy":
            with held(tmp_path):
                await glass.tap("p-danger")
        else:
            await glass.tap("p-danger")
        assert glass.screen == "NotKeptScreen"
        for words in ("请离开，先保证安全", "请拨 12351 / 119", "没有存上", "谁也不会收到"):
            assert words in glass.text()
        assert "再试" not in glass.text()
        assert_fits(glass)
        await glass.scan("A100200300")
        clock.pass_(50)
        await glass.tick()
        assert "请离开" in glass.text()


async def test_danger_that_could_not_be_kept_is_tried_again_by_itself_and_kept_once(tmp_path: Path) -> None:
    clock = StandingClock()
    said(furnish(tmp_path))
    async with kiosk(tmp_path, clock) as glass:
        await glass.tap("start", "tile-2", "subject-2")
        with held(tmp_path):
            await glass.tap("p-danger")
            clock.pass_(1)
            await glass.tick()
        assert glass.screen == "NotKeptScreen"
        assert "谁也不会收到" in glass.text()
        assert "存在本机" not in glass.text()
        clock.pass_(1)
        await glass.tick()
        assert glass.screen == "ThanksScreen"
        assert "请离开，先保证安全" in glass.text()
        assert "报告已存在本机" in glass.text()
        await glass.tap("done")
        clock.pass_(5)
        await glass.tick()
        assert "! 微波炉 报危险" in glass.text()
    outbox = Outbox(outbox_path(tmp_path))
    [record] = outbox.take("now", clock())
    outbox.close()
    assert record.fact == FaultReport(subject="microwave-1", problem="danger", danger=True)
    assert record.at == NOW, "it is as old as what the person said"


async def test_what_the_kiosk_tries_by_itself_keeps_nobody_waiting(tmp_path: Path) -> None:
    waits: list[float] = []

    class Noting(Outbox):
        def put_all(self, facts: Said, ids: Sequence[str] = (), patience_s: float = FOR_PEOPLE_S) -> list[str]:
            waits.append(patience_s)
            return super().put_all(facts, ids, patience_s)

    clock = StandingClock()
    desk = Desk(KioskSettings.of(furnish(tmp_path)), clock, lambda _: Noting(outbox_path(tmp_path), max_bytes=1024))
    async with kiosk(tmp_path, clock, desk=desk) as glass:
        await glass.tap("start", "tile-2", "subject-2", "p-danger")
        for _ in range(2):
            clock.pass_(1)
            await glass.tick()
    assert waits == [FOR_PEOPLE_S, FOR_A_LOOK_S, FOR_A_LOOK_S]


async def test_what_is_no_danger_is_not_kept_behind_a_persons_back(tmp_path: Path) -> None:
    clock = StandingClock()
    said(furnish(tmp_path))
    async with kiosk(tmp_path, clock) as glass:
        await glass.tap("start", "tile-0")
        with held(tmp_path):
            await glass.tap("o-0")
        clock.pass_(2)
        await glass.tick()
        assert glass.screen == "NotKeptScreen"
    assert said(tmp_path) == []


async def test_a_broken_outbox_is_said_on_the_glass_and_healed_later(tmp_path: Path) -> None:
    folder, away = tmp_path / "station", tmp_path / "away"
    folder.mkdir()
    said(furnish(folder))
    desk = Desk(KioskSettings.of(folder), StandingClock())
    folder.rename(away)
    async with kiosk(folder, desk=desk) as glass:
        await glass.tick()
        assert "今天签到" not in glass.text()
        await glass.tap("start", "tile-0", "o-0")
        assert glass.screen == "NotKeptScreen"
        assert "本机存储出了问题" in glass.text()
        away.rename(folder)
        await glass.tap("back", "start", "tile-0", "o-0")
        assert glass.screen == "ThanksScreen"
    assert len(said(folder)) == 1


async def test_two_kiosks_on_one_outbox_lose_nothing(tmp_path: Path) -> None:
    furnish(tmp_path)
    async with kiosk(tmp_path) as one, kiosk(tmp_path) as other:
        await one.tap("start", "tile-0", "o-0")
        await other.tap("start", "tile-0", "o-1")
        await one.tap("done")
        await one.tick()
        assert "今天签到 2 人次" in one.text()
    assert [fact.occupation for fact in said(tmp_path) if isinstance(fact, CheckIn)] == ["sanitation", "courier"]


async def test_words_said_while_the_clock_is_wrong_are_kept_undated(tmp_path: Path) -> None:
    clock = StandingClock(clock=ClockQuality.WRONG)
    async with kiosk(furnish(tmp_path), clock) as glass:
        assert "--:--" in glass.text()
        await glass.tap("start", "tile-0", "o-0")
        assert glass.screen == "ThanksScreen"
    outbox = Outbox(outbox_path(tmp_path))
    [record] = outbox.take("now", Stamp(NOW, "boot-2", 5.0, ClockQuality.SYNCED))
    outbox.close()
    assert record.at is None
