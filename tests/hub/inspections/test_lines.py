"""What a line needs beside its points: photos, notes, lines that do not apply, and bad input of every field."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from hub.checkins.tables import CheckInRow
from hub.inspections.tables import AnswerLog, InspectionPhoto
from hub.photos.tables import Photo
from shared.states import State
from tests.hub.inspections.forms import (
    FIVE,
    begin,
    filled,
    line_of,
    lines,
    look_and_reveal,
    rows,
    said,
    signed,
    with_photo,
)
from tests.photos import jpeg, png

ODD = "<script>alert(1)</script>'; DROP TABLE inspection; -- =cmd|' /C calc'!A0 %(n)s {{ 7*7 }} \u202e𝕏"


def test_the_lowest_points_need_a_photo_and_a_note_and_submitting_names_the_lines(hub: Any) -> None:
    wang = hub.browser("inspector", "wang")
    form = begin(wang, hub.station())
    filled(wang, form)
    signed(wang, form)
    wang.post(f"{form}/items/clean/decide", points=1)
    wang.post(f"{form}/items/tables/decide", points=2)
    page = wang.get(form).text
    assert page.count("缺照片、缺备注") == 2
    answer = wang.post(f"{form}/submit")
    assert answer.status_code == 409
    assert "需要照片和备注：提供户外职工休息用餐的桌椅；保持环境清洁" in answer.text
    with_photo(wang, form, "clean")
    wang.post(f"{form}/items/clean/decide", points=1, note="地面积水")
    wang.post(f"{form}/items/tables/decide", points=2, note="没有椅子")
    assert "：提供户外职工休息用餐的桌椅" in wang.post(f"{form}/submit").text
    with_photo(wang, form, "tables")
    assert wang.post(f"{form}/submit").status_code == 303


def test_more_points_than_proposed_need_a_photo_and_a_note_and_fewer_do_not(hub: Any) -> None:
    wang = hub.browser("inspector", "wang")
    station = hub.healthy("fridge-1", "microwave-1")
    hub.month(station, "fridge-1")
    form = begin(wang, station)
    look_and_reveal(wang, form, "fridge")
    wang.post(f"{form}/items/fridge/decide", points=6, reason="seen_on_site")
    assert "缺照片" not in wang.get(form).text
    hub.spell(station, "microwave-1", State.DOWN, hub.now - timedelta(days=1))
    assert look_and_reveal(wang, form, "microwave")["points"] == 2
    wang.post(f"{form}/items/microwave/decide", points=6, reason="repaired")
    assert wang.get(form).text.count("缺照片、缺备注") == 1


def test_a_photo_is_kept_once_with_its_digest_and_its_device_digest_compared(hub: Any) -> None:
    wang = hub.browser("inspector", "wang")
    form = begin(wang, hub.station())
    content = jpeg(640, 480, place=True)
    digest = sha256(content).hexdigest()
    address = f"{form}/items/clean/photos"
    for _ in range(2):
        assert wang.send(address, content, digest=digest).status_code == 303
    assert wang.send(address, jpeg(200, 200), digest=digest).status_code == 303
    assert wang.send(address, jpeg(201, 200)).status_code == 303
    photos = line_of(wang, form, "clean")["photos"]
    found = {(one["sha256"] == digest, one["matches"]) for one in photos}
    assert (len(photos), found) == (3, {(True, True), (False, False), (False, None)})
    assert "与拍摄时不符" in wang.get(form).text
    small = wang.get(f"/photos/{photos[0]['id']}?copy=small")
    assert small.status_code == 200
    assert b"Exif" not in small.content
    assert hub.browser("inspector", "another").send(address, jpeg(99, 99)).status_code == 403


def test_what_is_no_photo_is_refused_at_its_line(hub: Any) -> None:
    wang = hub.browser("inspector", "wang")
    form = begin(wang, hub.station())
    for content in (b"", b"hello", b"\xff\xd8\xff\xe0" + b"\0" * 100, png(20000, 20000)):
        answer = wang.send(f"{form}/items/clean/photos", content)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
    assert rows(hub, Photo) == rows(hub, InspectionPhoto) == []


def test_a_body_of_ten_megabytes_and_more_is_refused(hub: Any) -> None:
    wang = hub.browser("inspector", "wang")
    form = begin(wang, hub.station())
    assert wang.send(f"{form}/items/clean/photos", b"\0" * (10 * 1024 * 1024 + 100)).status_code == 413
    assert wang.post(f"{form}/items/clean/decide", points=5, note="x" * (2 * 1024 * 1024)).status_code == 413


def test_a_line_takes_a_dozen_photos(hub: Any) -> None:
    wang = hub.browser("inspector", "wang")
    form = begin(wang, hub.station())
    for n in range(12):
        assert wang.send(f"{form}/items/clean/photos", jpeg(32 + n, 32)).status_code == 303
    assert wang.send(f"{form}/items/clean/photos", jpeg(99, 32)).status_code == 409


# lines that do not apply


def test_an_unmanned_station_whose_edition_allows_it_skips_the_staff_and_shows_three_figures(hub: Any) -> None:
    wang = hub.browser("inspector", "wang")
    station = hub.station(rulebook="anhui_2024", rubric="shanghai_2018", staffing="unmanned")
    form = begin(wang, station)
    filled(wang, form)
    wang.post(f"{form}/items/fridge/decide", points=6)
    for item in lines():
        answer = wang.post(f"{form}/items/{item.key}/decide", points="n/a")
        assert answer.status_code == (303 if item.key.startswith("staff_") else 409)
    state = said(wang, form)
    assert (state["total"], state["possible"], state["scaled"], state["complete"]) == (76, 80, 95.0, True)
    page = wang.get(form).text
    for part in ("原始分", "可得分", "折算分（百分制）", "95.0"):
        assert part in page
    signed(wang, form)
    assert wang.post(f"{form}/submit").status_code == 303
    assert wang.get("/api/inspections").json()[0]["total"] == 76


@pytest.mark.parametrize(
    "filed", [{"staffing": "unmanned"}, {"staffing": "manned", "rulebook": "anhui_2024", "rubric": "shanghai_2018"}]
)
def test_elsewhere_every_line_is_scored(hub: Any, filed: dict[str, str]) -> None:
    wang = hub.browser("inspector", "wang")
    form = begin(wang, hub.station(**filed))
    answer = wang.post(f"{form}/items/staff_language/decide", points="n/a")
    assert answer.status_code == 409
    assert "不能选“不适用”" in answer.text
    assert ('value="n/a"' in wang.get(form).text) is False


def test_an_unmanned_station_sees_its_total_without_staff_beside_the_official_one(hub: Any) -> None:
    wang = hub.browser("inspector", "wang")
    form = begin(wang, hub.station(staffing="unmanned"))
    filled(wang, form)
    for item in lines():
        if item.key.startswith("staff_"):
            wang.post(f"{form}/items/{item.key}/decide", points=3)
    page = wang.get(form).text
    assert ("92 / 100" in page, "80 / 80" in page, "仅供参考" in page) == (True, True, True)
    assert said(wang, form)["total"] == 92


# what stands beside lines by hand


def test_check_ins_stand_beside_the_line_about_checking_in(hub: Any) -> None:
    wang = hub.browser("inspector", "wang")
    station = hub.station()
    with hub.session() as session:
        for number, method in enumerate(["tap", "tap", "phone", "static", "card"]):
            session.add(
                CheckInRow(
                    id=f"c{number}", station=station, at=hub.now.replace(hour=1), occupation="courier", method=method,
                    burst=False, received_at=hub.now, undated=False,
                )
            )  # fmt: skip
        session.commit()
    page = wang.get(begin(wang, station)).text
    assert "扫码 2 次，本机点按 2 次，刷卡 1 次" in page
    assert "登记册没有填写面积" in page


# bad input


def test_any_text_in_any_field_is_kept_as_text(hub: Any) -> None:
    text = ODD
    wang, other = hub.browser("inspector", "wang"), hub.browser("district")
    form = begin(wang, hub.station())
    filled(wang, form)
    wang.post(f"{form}/items/clean/decide", points=3, note=text)
    wang.post(f"{form}/remark", remark=text)
    wang.post(f"{form}/sign", signer="inspector", name=text[:60])
    wang.post(f"{form}/refuse-to-sign", name=text[:60], reason=text)
    assert wang.post(f"{form}/submit").status_code == 303
    other.post(f"{form}/items/clean/correct", points=5, why=text, note=text)
    for path in (form, f"{form}/versions", f"{form}/print"):
        page = other.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
    assert line_of(wang, form, "clean")["note"] == text.strip()
    assert said(wang, form)["remark"] == text.strip()


def test_what_no_form_sends_is_refused_and_changes_nothing(hub: Any) -> None:
    root = hub.browser("administrator")
    form = begin(root, hub.healthy("fridge-1"))
    look_and_reveal(root, form, "fridge")
    before = said(root, form)
    points = {"points": 5}
    sent: list[tuple[str, dict[str, Any]]] = [
        ("items/fridge/test", {"cabinet": "nan"}),
        ("items/fridge/test", {"cabinet": "inf"}),
        ("items/fridge/test", {"cabinet": "4 ℃"}),
        ("items/clean/decide", points | {"version": -1}),
        ("items/clean/decide", points | {"spent_s": 10**9}),
        ("items/clean/decide", points | {"note": "x" * 2001}),
        ("items/clean/decide", {}),
        ("items/fridge/decide", {"points": 10, "reason": "because"}),
        ("review", {"verdict": "maybe"}),
    ]
    for path, fields in sent:
        assert root.post(f"{form}/{path}", **fields).status_code == 422, (path, fields)
    assert said(root, form) == before


def test_a_line_of_another_form_is_not_found(hub: Any) -> None:
    wang = hub.browser("inspector", "wang")
    form = begin(wang, hub.station())
    for path, sent in (
        ("look", {"look": "works"}),
        ("reveal", {}),
        ("test", {"cabinet": 4}),
        ("correct", {"points": 1}),
    ):
        assert wang.post(f"{form}/items/sofa/{path}", **sent).status_code == 404
    assert wang.send(f"{form}/items/sofa/photos", jpeg(32, 32)).status_code == 404


def test_the_time_on_a_line_is_in_its_trail(hub: Any) -> None:
    wang = hub.browser("inspector", "wang")
    form = begin(wang, hub.healthy(*FIVE))
    wang.post(f"{form}/items/fridge/look", look="works", spent_s=41)
    assert [step.spent_s for step in rows(hub, AnswerLog)] == [None, 41]
