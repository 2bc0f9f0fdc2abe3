"""What a phone says beside a check-in: faces, reasons, words, a photo, and what is broken."""

from collections.abc import Sequence
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlmodel import select

from hub.alerts.reports import react_to_reports
from hub.alerts.tables import Alert
from hub.feedback.tables import FaultReportRow, FeedbackRow
from hub.phone import bounds
from hub.photos.tables import Photo, PhotoBytes
from tests.hub.phone.conftest import STATION, Door, token_in
from tests.photos import jpeg

WORDS = "水不热\r\n<script>alert(1)</script> ' OR 1=1 --"


def rows(door: Door, model: type[Any]) -> Sequence[Any]:
    door.hub.session.expire_all()
    return door.hub.session.exec(select(model)).all()


def test_a_face_reasons_words_and_a_photo_without_its_camera(door: Door) -> None:
    photo = {"photo": ("IMG_1.jpg", jpeg(place=True), "image/jpeg")}
    answer = door.send("feedback", door.scan(), photo, score=2, tags=["water", "seats"], text=WORDS)
    thanks = door.follow(answer)
    assert "评价已收到" in thanks.text
    assert "顺便评价" not in thanks.text
    [said] = rows(door, FeedbackRow)
    assert (said.station, said.score, said.tags, said.method, said.undated) == (
        STATION, 2, ["water", "seats"], "phone", False,
    )  # fmt: skip
    assert said.text == WORDS.replace("\r\n", "\n")
    [kept] = rows(door, Photo)
    assert (said.photo, kept.station, kept.taken_by) == (kept.id, STATION, "phone")
    stored = rows(door, PhotoBytes)[0]
    for copy in (stored.original, stored.shown, stored.small):
        assert dict(Image.open(BytesIO(copy)).getexif()) == {}


def test_its_photo_is_for_those_whose_station_it_is(door: Door, maintainer: Any) -> None:
    door.client.cookies.clear()
    token = door.scan()
    door.send("feedback", token, {"photo": ("a.jpg", jpeg(), "image/jpeg")}, score=4)
    [kept] = rows(door, Photo)
    assert door.get(f"/photos/{kept.id}").headers["location"].startswith("/sign-in")
    maintainer.client.cookies.set("waystation_session", "token")
    assert maintainer.get(f"/photos/{kept.id}").headers["content-type"] == "image/jpeg"


def test_the_same_form_again_says_it_once_and_keeps_one_photo(door: Door) -> None:
    token = door.scan()
    for score in (4, 1, 4):
        photo = {"photo": ("a.jpg", jpeg(), "image/jpeg")}
        assert door.send("feedback", token, photo, score=score).status_code == 303
    assert [row.score for row in rows(door, FeedbackRow)] == [4]
    assert len(rows(door, Photo)) == 1


def test_what_is_refused_comes_back_as_it_was_typed(door: Door) -> None:
    token = door.scan()
    for fields, files, reason in (
        ({"tags": "water", "text": WORDS}, None, "请先点一个表情"),
        ({"score": 1, "tags": "water", "text": "好" * 501}, None, "最多 500 字"),
        ({"score": 1, "tags": "water", "text": "好" * 5000}, None, "最多 500 字"),
        ({"score": 1, "tags": "water", "text": WORDS}, {"photo": ("a.jpg", b"GIF89a", "image/jpeg")}, "这不是照片"),
    ):
        answer = door.send("feedback", token, files, **fields)
        assert (answer.status_code, reason in answer.text) == (422, True), reason
        assert 'value="water" checked' in answer.text
        assert str(fields.get("text", "")).replace("\r\n", "\n") in unescape(answer.text)
        assert '<details class="card" id="feedback" open>' in answer.text
        assert "<script>alert(1)" not in answer.text
        assert token_in(answer.text) == token
    assert rows(door, FeedbackRow) == []
    assert rows(door, Photo) == []


def test_what_nobody_can_see_in_a_text_is_taken_out_and_holds_nothing_up(door: Door) -> None:
    typed = "水\x00不热\x07\r\n谢谢\x1b"
    refused = door.send("feedback", door.scan(), text=typed)
    assert refused.status_code == 422
    assert "请先点一个表情" in refused.text
    assert ">水 不热\n谢谢</textarea>" in refused.text
    assert "评价已收到" in door.follow(door.send("feedback", door.scan(), score=1, text=typed)).text
    assert [row.text for row in rows(door, FeedbackRow)] == ["水 不热\n谢谢"]


def test_a_report_of_nothing_there_is_asked_again_whatever_it_is_made_of(door: Door) -> None:
    answer = door.send("fault", door.scan(), fault="fridge-1/\x00")
    assert answer.status_code == 422
    assert "请选哪里坏了" in answer.text
    assert rows(door, FaultReportRow) == []


def test_scores_and_reasons_there_are_none_of_are_refused(door: Door) -> None:
    token = door.scan()
    for fields in ({"score": 0}, {"score": 5}, {"score": "good"}, {"score": 1, "tags": ["king"]},
                   {"score": 1, "tags": ["water"] * 21}, {"score": 1, "text": "x" * 1001}):  # fmt: skip
        assert door.send("feedback", token, **fields).status_code == 422, fields
    assert rows(door, FeedbackRow) == []


def test_ten_megabytes_are_too_many_and_twenty_photos_from_one_address(door: Door) -> None:
    large = {"photo": ("a.jpg", b"\xff\xd8" + bytes(11_000_000), "image/jpeg")}
    assert door.send("feedback", door.scan(), large, score=4).status_code == 413
    for _ in range(bounds.PHOTOS.most):
        small = {"photo": ("a.jpg", jpeg(8, 8), "image/jpeg")}
        assert door.send("feedback", door.scan(), small, score=4).status_code == 303
    assert door.send("feedback", door.scan(), small, score=4).status_code == 429
    assert door.send("feedback", door.scan(), score=4).status_code == 303


def test_words_from_a_form_that_ran_out_come_back_and_are_taken_as_from_the_wall(door: Door) -> None:
    token = door.scan()
    door.later(timedelta(minutes=11))
    answer = door.send("feedback", token, score=3, text="水不热")
    assert answer.status_code == 403
    assert ">水不热</textarea>" in answer.text
    door.send("feedback", token_in(answer.text), score=3, text="水不热")
    assert [row.method for row in rows(door, FeedbackRow)] == ["static"]


def test_a_fault_is_two_taps_and_opens_an_alert(door: Door) -> None:
    page = door.get(f"/c/{STATION}/{door.code()}").text
    assert page.index('value="microwave-1/danger"') < page.index('value="microwave-1/not_hot"')
    assert 'value="door/' in page
    assert 'value="network/down"' in page
    thanks = door.follow(door.send("fault", token_in(page), fault="microwave-1/not_hot", phone="a" * 32))
    assert "报修已收到" in thanks.text
    [said] = rows(door, FaultReportRow)
    assert (said.subject, said.problem, said.danger, said.method) == ("microwave-1", "not_hot", False, "phone")
    react_to_reports(door.hub.session, door.now, 10)
    alert = door.hub.session.exec(select(Alert).where(Alert.facility == "microwave-1")).one()
    assert alert.problem == "not_hot"


def test_danger_says_to_leave_and_promises_nothing_the_hub_does_not_do(door: Door) -> None:
    thanks = door.follow(door.send("fault", door.by_the_wall(), fault="fridge-1/danger")).text
    for said in ("请离开，先保证安全", "tel:119", "已送到管理中心"):
        assert said in thanks, said
    for false in ("已通知", "断电"):
        assert false not in thanks
    assert [(row.danger, row.method) for row in rows(door, FaultReportRow)] == [(True, "static")]


def test_one_phone_is_one_voice_and_another_is_another(door: Door) -> None:
    for phone in ("a" * 32, "a" * 32, "b" * 32):
        assert door.send("fault", door.scan(), fault="microwave-1/not_hot", phone=phone).status_code == 303
    assert len(rows(door, FaultReportRow)) == 2
    door.later(timedelta(minutes=31))
    door.send("fault", door.scan(), fault="microwave-1/not_hot", phone="a" * 32)
    assert len(rows(door, FaultReportRow)) == 3


def test_of_what_was_put_right_the_same_phone_may_say_at_once_that_it_is_not(door: Door) -> None:
    door.send("fault", door.scan(), fault="microwave-1/not_hot", phone="a" * 32)
    react_to_reports(door.hub.session, door.now, 10)
    alert = door.hub.session.exec(select(Alert).where(Alert.facility == "microwave-1")).one()
    door.later(timedelta(minutes=1))
    alert.resolved_at = door.now
    door.hub.add(alert)
    door.later(timedelta(minutes=1))
    for _ in range(2):
        door.send("fault", door.scan(), fault="microwave-1/not_hot", phone="a" * 32)
    assert len(rows(door, FaultReportRow)) == 2


def test_the_same_form_too_may_say_that_what_was_put_right_is_not(door: Door) -> None:
    """Whoever goes a page back has the form of the first report."""
    token = door.scan()
    door.send("fault", token, fault="microwave-1/not_hot")
    react_to_reports(door.hub.session, door.now, 10)
    alert = door.hub.session.exec(select(Alert).where(Alert.facility == "microwave-1")).one()
    door.later(timedelta(minutes=1))
    alert.resolved_at = door.now
    door.hub.add(alert)
    door.later(timedelta(minutes=1))
    for _ in range(2):
        door.send("fault", token, fault="microwave-1/not_hot")
    assert len(rows(door, FaultReportRow)) == 2
    react_to_reports(door.hub.session, door.now, 10)
    door.hub.session.expire_all()
    assert door.hub.session.exec(select(Alert).where(Alert.facility == "microwave-1")).one().resolved_at is None


def test_what_is_not_counted_again_is_not_called_delivered(door: Door) -> None:
    said = [
        door.follow(door.send("fault", door.scan(), fault="microwave-1/not_hot", phone="a" * 32)).text for _ in range(2)
    ]
    assert ["已送到管理中心" in page for page in said] == [True, False]
    assert "刚才已经报过了" in said[1]


def test_danger_is_kept_each_time_and_from_a_form_that_ran_out(door: Door) -> None:
    for _ in range(2):
        door.send("fault", door.scan(), fault="fridge-1/danger", phone="a" * 32)
    token = door.scan()
    door.later(timedelta(hours=2))
    for _ in range(2):
        thanks = door.follow(door.send("fault", token, fault="fridge-1/danger", phone="a" * 32)).text
        assert "请离开" in thanks
    assert door.send("fault", "made up", fault="fridge-1/danger").status_code == 403
    assert [row.method for row in rows(door, FaultReportRow)].count("static") == 1
    assert len(rows(door, FaultReportRow)) == 3


def test_a_phone_without_a_number_is_not_taken_for_its_neighbour(door: Door) -> None:
    for _ in range(2):
        door.send("fault", door.scan(), fault="microwave-1/not_hot")
    assert len(rows(door, FaultReportRow)) == 2


def test_danger_is_never_too_much(door: Door) -> None:
    for number in range(bounds.REPORTS.most):
        door.send("fault", door.scan(), fault="microwave-1/not_hot", phone=f"{number:032x}")
    token, now = door.by_the_wall(), door.now.timestamp()
    for place in (("form", STATION, "testclient"), ("form", STATION)):
        for _ in range(bounds.STATION.most):
            door.app.state.recent.note(place, now)
    answer = door.send("fault", token, fault="fridge-1/danger")
    assert answer.status_code == 303
    assert "请离开" in door.follow(answer).text
    assert [row.subject for row in rows(door, FaultReportRow) if row.danger] == ["fridge-1"]


@pytest.mark.parametrize("by_the_wall", [False, True])
def test_the_fifth_face_in_a_minute_is_kept_and_marked(door: Door, by_the_wall: bool) -> None:
    for _ in range(6):
        token = door.by_the_wall() if by_the_wall else door.scan()
        assert door.send("feedback", token, score=1).status_code == 303
    assert sorted(row.burst for row in rows(door, FeedbackRow)) == [False] * 4 + [True] * 2
    door.later(timedelta(minutes=2))
    door.send("feedback", door.scan(), score=1)
    assert sorted(row.burst for row in rows(door, FeedbackRow)) == [False] * 5 + [True] * 2


def test_what_is_not_offered_there_is_not_reported(door: Door) -> None:
    token = door.scan()
    for fault in ("", "/", "fridge-1", "fridge-2/danger", "fridge-1/king", "fridge-1/danger/x", "<b>/danger"):
        answer = door.send("fault", token, fault=fault)
        assert (answer.status_code, "请选哪里坏了" in answer.text) == (422, True), fault
    assert rows(door, FaultReportRow) == []


def test_nobody_calls_people_out_a_hundred_times(door: Door) -> None:
    answers = [
        door.send("fault", door.scan(), fault="microwave-1/not_hot", phone=f"{number:032x}").status_code
        for number in range(bounds.REPORTS.most + 1)
    ]
    assert answers == [303] * bounds.REPORTS.most + [429]
