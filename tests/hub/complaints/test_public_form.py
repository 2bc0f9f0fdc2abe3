"""The form for everybody: what it takes, what it refuses, how much of it, and what it keeps of whoever sends it."""

from datetime import timedelta

import pytest
from sqlmodel import select

from hub.complaints.tables import ComplaintSource
from hub.photos.tables import Photo, PhotoBytes
from hub.stations import store as stations
from tests.hub.complaints.told import GOOD, receipt, rows, worker
from tests.photos import jpeg


def test_the_same_form_sent_twice_is_one_complaint_with_one_receipt(hub):
    station = hub.station()
    someone = worker(hub)
    sent = someone.form(f"/complain/{station}") | GOOD
    first, second = (receipt(someone.http.post(f"/complain/{station}", data=sent)) for _ in range(2))
    assert first == second and len(rows(hub)) == 1
    assert receipt(someone.send(station)) != first and len(rows(hub)) == 2
    assert receipt(someone.send(station, once=""))[0] not in first and len(rows(hub)) == 3


def test_the_code_is_kept_nowhere_and_neither_is_the_address(hub):
    _, code = receipt(worker(hub, "203.0.113.77").send(hub.station()))
    said = repr(rows(hub)[0])
    assert code.replace(" ", "") not in said and "203.0.113" not in said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "坏"}, "请写至少 5 个字"), ({"text": ""}, "请写至少 5 个字"), ({"kind": "x"}, "请选一项"),
        ({"category": ""}, "请选一项"), ({"contact": "不告诉你"}, "请填手机号或邮箱"),
        ({"text": "长" * 1001}, "最多 1000 字"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(hub, fields, said):
    someone, station = worker(hub), hub.station()
    answer = someone.send(station, **{"contact": "12345678"} | fields)
    assert answer.status_code == 422 and said in answer.text and rows(hub) == []
    assert (fields.get("text", "冰箱不冷") in answer.text) and 'aria-invalid="true"' in answer.text


def test_what_nobody_can_see_in_a_text_is_taken_out_and_holds_nothing_up(hub):
    someone, station = worker(hub), hub.station()
    typed = {"text": "冰箱\x00不冷\x07已经三天", "contact": "138\x001234 5678"}
    refused = someone.send(station, kind="\x00", **typed)
    assert refused.status_code == 422 and "请选一项" in refused.text
    assert ">冰箱 不冷 已经三天</textarea>" in refused.text and 'value="138 1234 5678"' in refused.text
    number, code = receipt(someone.send(station, **typed))
    [row] = rows(hub)
    assert (row.text, row.contact) == ("冰箱 不冷 已经三天", "138 1234 5678")
    assert someone.ask(f"{number}\x00", f"{code}\x00").status_code == 200


def test_the_photo_is_kept_without_what_the_camera_wrote(hub):
    station = hub.station()
    receipt(worker(hub).send(station, jpeg(place=True)))
    with hub.session() as session:
        photo, kept = session.exec(select(Photo)).one(), session.exec(select(PhotoBytes)).one()
    assert rows(hub)[0].photo == photo.id and photo.taken_by == "—"
    assert b"Exif" not in kept.original and b"Exif" in jpeg(place=True)
    assert hub.browser("district").get(f"/photos/{photo.id}").status_code == 200


def test_what_is_no_photo_is_refused_and_nothing_is_kept(hub):
    answer = worker(hub).send(hub.station(), b"<svg onload='alert(1)'/>")
    assert answer.status_code == 422 and "这不是照片" in answer.text and rows(hub) == []


def test_unknown_and_closed_stations_take_none(hub):
    station = hub.station()
    with hub.session() as session:
        stations.revoke(session, station, hub.now)
        session.commit()
    for id_ in (station, "aaaaaaaaaa", "short", "' OR 1=1 -"):
        answer = worker(hub).http.get(f"/complain/{id_}")
        assert answer.status_code == 404
    assert "12351" in worker(hub).http.get("/complain/aaaaaaaaaa").text


def test_a_form_without_its_token_is_not_taken(hub):
    station = hub.station()
    assert worker(hub).http.post(f"/complain/{station}", data=GOOD).status_code == 403
    assert worker(hub).http.post("/complain/answer", data={"number": "1", "code": "2"}).status_code == 403


def test_a_flood_from_one_address_is_bounded_and_the_typed_text_stays(hub):
    station, other = hub.station(), hub.station()
    someone = worker(hub)
    for _ in range(5):
        receipt(someone.send(station))
    refused = someone.send(station, text="第六次写来的内容")
    assert refused.status_code == 429 and "第六次写来的内容" in refused.text and "12351" in refused.text
    assert len(rows(hub)) == 5
    receipt(worker(hub, "203.0.113.8").send(station))
    receipt(someone.send(other))
    hub.now += timedelta(minutes=10)
    receipt(someone.send(station))
    assert someone.send(station).status_code == 429


def test_a_flood_at_one_station_is_bounded_from_wherever_it_comes(hub):
    station = hub.station()
    for number in range(40):
        receipt(worker(hub, f"203.0.113.{number}").send(station))
    assert worker(hub, "203.0.113.99").send(station).status_code == 429
    hub.now += timedelta(hours=3)
    receipt(worker(hub, "203.0.113.99").send(station))
    with hub.session() as session:
        assert len(session.exec(select(ComplaintSource)).all()) == 3, "addresses go once they are forgiven"


def test_wrong_codes_say_nothing_and_are_bounded(hub):
    number, code = receipt(worker(hub).send(hub.station()))
    guesser = worker(hub, "198.51.100.9")
    wrong, unknown = guesser.ask(number, "AAAAAAAA"), guesser.ask("260715-AAAA", "AAAAAAAA")
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text.replace(number, "") == unknown.text.replace("260715-AAAA", "")
    for _ in range(18):
        guesser.ask(number, "AAAAAAAA")
    assert guesser.ask(number, code).status_code == 429
    assert worker(hub, "198.51.100.10").ask(number, code).status_code == 200
    hub.now += timedelta(seconds=20)
    assert guesser.ask(number, code).status_code == 200


def test_english_is_a_link_away_and_the_officer_is_told(hub):
    station = hub.station()
    someone = worker(hub)
    page = someone.http.get(f"/complain/{station}?lang=en").text
    assert "Send to the union" in page and f'href="/complain/{station}"' in page
    answer = someone.send(station, lang="?lang=en")
    assert "Take a photo of these two" in answer.text
    assert rows(hub)[0].language == "en"
    assert "请用英文答复" in hub.browser("district").get("/complaints/1").text
    assert someone.http.get(f"/complain/{station}?lang=fr").status_code == 422
    assert someone.http.get("/complain/answer?lang=en").text.count("中文") == 1


def test_whoever_is_signed_in_is_a_stranger_on_the_form(hub):
    station, officer = hub.station(), hub.browser("district", "李主任")
    page = officer.get(f"/complain/{station}")
    assert "李主任" not in page.text and "set-cookie" not in page.headers
    assert officer.post(f"/complain/{station}", **GOOD).status_code == 200
    assert "李主任" not in repr(rows(hub)[0])
