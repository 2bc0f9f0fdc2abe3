"""A scan becomes a form, a tap a check-in: once, honestly marked, and nothing of the person."""

import hmac
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlmodel import select

from hub.checkins.tables import CheckInRow
from hub.phone import bounds, visitors
from hub.phone.tables import VisitorKey
from hub.stations.words import Standing
from hub.telemetry.tables import Heard
from tests.hub.phone.conftest import KEY, STATION, Door, token_in

MINUTE = timedelta(minutes=1)
PHONE, OTHER_PHONE = "a" * 32, "b" * 32


def rows(door: Door) -> Sequence[CheckInRow]:
    door.hub.session.expire_all()
    return door.hub.session.exec(select(CheckInRow).order_by(CheckInRow.at, CheckInRow.id)).all()  # type: ignore[arg-type]


def heard(door: Door, **columns: object) -> None:
    row = door.hub.session.get_one(Heard, STATION)
    for name, value in columns.items():
        setattr(row, name, value)
    door.hub.add(row)
    door.later(timedelta(0))


def test_the_kiosks_code_in_capitals_becomes_a_check_in_by_one_tap(door: Door) -> None:
    page = door.get(f"/C/{STATION.upper()}/{door.code()}")
    for said in ("河边驿站", "点一下您的职业", "环卫工", "快递员", f'action="/c/{STATION}/check-in"'):
        assert said in page.text, said
    assert (page.headers["cache-control"], page.headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert "set-cookie" not in page.headers
    thanks = door.follow(door.send("check-in", token_in(page.text), occupation="courier", phone=PHONE))
    for said in ("签到成功", "今天已有 1 人次", "撤销签到", "现在能用什么", f"/complain/{STATION}", f"/s/{STATION}"):
        assert said in thanks.text, said
    [row] = rows(door)
    assert (row.station, row.occupation, row.method, row.burst, row.undated) == (
        STATION, "courier", "phone", False, False,
    )  # fmt: skip
    assert row.at == door.now
    key = door.keys.opened(door.hub.session.get_one(VisitorKey, "2026-07").sealed)
    assert row.visitor == hmac.digest(key, PHONE.encode(), "sha256").hex()[:32]
    assert PHONE not in str(row)


def test_english_is_in_the_address_and_keeps_the_scan(door: Door) -> None:
    page = door.get(f"/c/{STATION}/{door.code()}?lang=en")
    assert "Check in: tap your occupation" in page.text
    assert "环卫工" not in page.text
    chinese = door.get(f"/c/{STATION}?token={token_in(page.text)}")
    assert token_in(chinese.text) == token_in(page.text)
    thanks = door.client.post(
        f"/c/{STATION}/check-in?lang=en", data={"token": token_in(page.text), "occupation": "warden"}
    )
    assert "Checked in, thank you!" in thanks.text
    assert rows(door)[0].method == "phone"


def test_a_double_tap_and_a_reload_store_it_once(door: Door) -> None:
    token = door.scan()
    answers = [door.send("check-in", token, occupation="courier", phone=PHONE) for _ in range(3)]
    assert len(rows(door)) == 1
    assert all("签到成功" in door.follow(answer).text for answer in answers)


def test_one_phone_checks_in_once_in_half_an_hour_at_one_station(door: Door) -> None:
    door.send("check-in", door.scan(), occupation="courier", phone=PHONE)
    door.later(29 * MINUTE)
    assert "已经签到过了" in door.follow(door.send("check-in", door.scan(), occupation="warden", phone=PHONE)).text
    assert len(rows(door)) == 1
    door.send("check-in", door.scan(), occupation="warden", phone=OTHER_PHONE)
    door.later(MINUTE)
    assert "签到成功" in door.follow(door.send("check-in", door.scan(), occupation="warden", phone=PHONE)).text
    assert len(rows(door)) == 3
    assert len({row.visitor for row in rows(door)}) == 2


def test_without_scripts_there_is_no_visitor_and_every_scan_counts(door: Door) -> None:
    for _ in range(2):
        door.send("check-in", door.scan(), occupation="courier")
    assert [row.visitor for row in rows(door)] == [None, None]
    assert door.hub.session.exec(select(VisitorKey)).all() == []


def test_an_old_code_says_so_and_still_gives_what_the_wall_gives(door: Door) -> None:
    for old in (timedelta(seconds=121 + 30), timedelta(hours=1), timedelta(seconds=-61)):
        page = door.get(f"/c/{STATION}/{door.code(old)}")
        assert page.status_code == 200
        assert "二维码已过期" in page.text
    thanks = door.follow(door.send("check-in", token_in(page.text), occupation="courier"))
    assert "没有扫驿站屏幕" in thanks.text
    assert rows(door)[0].method == "static"


def test_a_kiosk_whose_clock_may_be_off_is_given_ten_minutes(door: Door) -> None:
    good = {"clock": "synced", "online": True, "at": door.now}
    for doubtful in ({"clock": "plausible"}, {"clock": "wrong"}, {"online": False}, {"at": None}):
        heard(door, **good | doubtful)
        assert "二维码已过期" not in door.get(f"/c/{STATION}/{door.code(10 * MINUTE)}").text, doubtful
        assert "二维码已过期" in door.get(f"/c/{STATION}/{door.code(11 * MINUTE)}").text, doubtful
        assert "二维码已过期" not in door.get(f"/c/{STATION}/{door.code(-10 * MINUTE)}").text, doubtful


def test_a_silent_station_is_given_ten_minutes(door: Door) -> None:
    door.hub.listening()
    door.hub.last_heard(25 * MINUTE)
    door.later(timedelta(0))
    assert "二维码已过期" not in door.get(f"/c/{STATION}/{door.code(9 * MINUTE)}").text


def test_another_stations_code_and_another_stations_form_are_worth_nothing(door: Door) -> None:
    door.hub.station("q7m2x9v3ka", "桥头驿站", sealed_qr_key=door.keys.sealed(KEY))
    assert "二维码已过期" in door.get(f"/c/{STATION}/{door.code(station='q7m2x9v3ka')}").text
    elsewhere = token_in(door.get(f"/c/q7m2x9v3ka/{door.code(station='q7m2x9v3ka')}").text)
    assert door.send("check-in", elsewhere, occupation="courier").status_code == 403
    assert rows(door) == []


def test_a_form_left_open_too_long_stores_nothing_and_offers_another(door: Door) -> None:
    token = door.scan()
    door.later(10 * MINUTE)
    answer = door.send("check-in", token, occupation="courier", phone=PHONE)
    assert answer.status_code == 403
    assert "页面放得太久" in answer.text
    assert rows(door) == []
    door.send("check-in", token_in(answer.text), occupation="courier", phone=PHONE)
    assert rows(door)[0].method == "static"


def test_the_form_outlives_the_code(door: Door) -> None:
    token = door.scan()
    door.later(9 * MINUTE)
    door.send("check-in", token, occupation="courier")
    assert rows(door)[0].method == "phone"


def test_what_was_tapped_by_mistake_is_taken_back_and_tapped_right(door: Door) -> None:
    answer = door.send("check-in", door.scan(), occupation="courier", phone=PHONE)
    receipt = token_in(door.follow(answer).text)
    again = door.follow(door.send("undo", receipt))
    assert "已撤销" in again.text
    assert [row.retracted for row in rows(door)] == [True]
    assert "签到成功" in door.follow(door.send("check-in", token_in(again.text), occupation="warden", phone=PHONE)).text
    assert [(row.occupation, row.retracted, row.method) for row in rows(door) if not row.retracted] == [
        ("warden", False, "phone")
    ]


def test_whoever_goes_a_page_back_after_taking_back_may_tap_the_same_again(door: Door) -> None:
    token = door.scan()
    answer = door.send("check-in", token, occupation="courier", phone=PHONE)
    door.send("undo", token_in(door.follow(answer).text))
    assert "签到成功" in door.follow(door.send("check-in", token, occupation="courier", phone=PHONE)).text
    assert sorted(row.retracted for row in rows(door)) == [False, True]


def test_after_two_minutes_nothing_is_taken_back(door: Door) -> None:
    receipt = token_in(door.follow(door.send("check-in", door.scan(), occupation="courier")).text)
    door.later(timedelta(seconds=121))
    late = door.send("undo", receipt)
    assert late.status_code == 409
    assert "不能撤销了" in late.text
    assert door.send("undo", "made up").status_code == 403
    assert [row.retracted for row in rows(door)] == [False]


def test_a_form_sent_again_gives_no_other_two_minutes(door: Door) -> None:
    token = door.scan()
    door.send("check-in", token, occupation="courier")
    door.later(timedelta(seconds=125))
    again = door.follow(door.send("check-in", token, occupation="courier"))
    assert "签到成功" in again.text
    assert f"/c/{STATION}/undo" not in again.text
    assert [row.retracted for row in rows(door)] == [False]


def test_the_page_of_thanks_is_nothing_without_its_receipt(door: Door) -> None:
    for receipt in ("", "made|up", "x" * 200):
        answer = door.get(f"/c/{STATION}/done?receipt={receipt}&lang=en")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/c/{STATION}?lang=en")


def test_many_from_one_address_are_kept_and_marked(door: Door) -> None:
    for _ in range(bounds.SAME_LIMIT + 2):
        answer = door.send("check-in", door.scan(), occupation="courier")
        assert answer.status_code == 303
    assert [row.burst for row in rows(door)].count(True) == 2
    assert "人次签到" not in door.follow(answer).text
    assert "签到成功" in door.follow(answer).text


def test_the_code_on_the_wall_is_one_place_wherever_it_is_used_from(door: Door) -> None:
    for number in range(bounds.ALL_LIMIT + 1):
        # As if each came from elsewhere: nothing is remembered of any address.
        door.app.state.recent = bounds.Recent()
        door.send("check-in", door.by_the_wall(), occupation=("courier", "warden", "other")[number % 3], phone="")
        door.later(timedelta(seconds=25))
    assert [row.burst for row in rows(door)] == [False] * bounds.ALL_LIMIT + [True]


def test_a_flood_is_refused_in_a_sentence(door: Door) -> None:
    token = door.scan()
    for _ in range(bounds.ADDRESS.most):
        assert door.send("check-in", token, occupation="courier").status_code == 303
    refused = door.send("check-in", token, occupation="courier")
    assert refused.status_code == 429
    assert "提交太多了" in refused.text
    door.later(timedelta(seconds=301))
    assert door.send("check-in", door.scan(), occupation="courier").status_code == 303


def test_guessing_codes_ends_soon(door: Door) -> None:
    for _ in range(bounds.WRONG_CODES.most):
        assert door.get(f"/c/{STATION}/000000000000").status_code == 200
    assert door.get(f"/c/{STATION}/000000000000").status_code == 429
    assert door.get(f"/c/{STATION}").status_code == 200


def test_what_nobody_offered_is_refused_where_it_was_tapped(door: Door) -> None:
    token = door.scan()
    for occupation in ("", "king", "<script>alert(1)</script>", "courier "):
        answer = door.send("check-in", token, occupation=occupation)
        assert answer.status_code == 422
        assert "请点一个职业" in answer.text
        assert "<script>alert(1)" not in answer.text
    for phone in ("A" * 32, "a" * 31, "a" * 33, "138123456780000000000000000000zz"):
        assert door.send("check-in", token, occupation="courier", phone=phone).status_code == 422, phone
    assert rows(door) == []


def test_stations_that_are_not_there_not_yet_or_no_longer_are_all_alike(door: Door) -> None:
    absent = door.get("/c/aaaaaaaaaa").text.replace("aaaaaaaaaa", STATION)
    door.filed(standing=Standing.PLANNED)
    assert door.get(f"/c/{STATION}").status_code == 404
    planned = door.get(f"/c/{STATION}/{door.code()}").text
    door.filed(standing=Standing.OPEN, revoked_at=door.now)
    assert [door.get(f"/c/{STATION}").status_code, door.get(f"/C/{STATION.upper()}").status_code] == [404, 404]
    assert absent == planned == door.get(f"/c/{STATION}/{door.code()}").text
    for id_ in ("k3v9x2m7q", "k3v9x2m7qaa", "..%2F..%2Fetc", "k3v9x2m7-a"):
        assert door.get(f"/c/{id_}").status_code == 404
    assert door.get(f"/c/{STATION}/short").status_code == 404
    assert door.get("/c/k3v9x2m7q%00").status_code == 422


def test_a_station_without_a_key_or_with_a_foreign_one_has_its_wall(door: Door) -> None:
    for key in (b"", b"sealed by another hub"):
        door.filed(sealed_qr_key=key)
        assert "二维码已过期" in door.get(f"/c/{STATION}/{door.code()}").text
        assert door.get(f"/c/{STATION}").status_code == 200


def test_another_site_sends_nothing_in_anybodys_name(door: Door) -> None:
    token = door.scan()
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        data = {"token": token, "occupation": "courier"}
        refused = door.client.post(f"/c/{STATION}/check-in", data=data, headers=headers)
        assert refused.status_code == 403, headers
    old = {"origin": "null"}
    answer = door.client.post(
        f"/c/{STATION}/check-in", data={"token": token, "occupation": "courier"}, headers=old, follow_redirects=False
    )
    assert answer.status_code == 303
    assert len(rows(door)) == 1


def test_whoever_is_signed_in_is_a_stranger_here(door: Door, maintainer: object) -> None:
    for page in (door.get(f"/c/{STATION}/{door.code()}"), door.get(f"/c/{STATION}")):
        assert "王芳" not in page.text
        assert "csrf" not in page.text


def test_a_months_key_is_destroyed_when_the_month_is_over(door: Door) -> None:
    session, keys = door.hub.session, door.keys
    end = datetime(2026, 7, 31, 16, 0, tzinfo=UTC)
    july = visitors.visitor(session, keys, PHONE, end - MINUTE)
    august = visitors.visitor(session, keys, PHONE, end)
    assert july != august
    assert july == visitors.visitor(session, keys, PHONE, end - timedelta(days=30))
    assert set(visitors.known_as(session, keys, PHONE, (end, end - MINUTE))) == {july, august}
    assert visitors.forget_keys(session, end + timedelta(days=1), 100) == 0
    assert visitors.forget_keys(session, end + timedelta(days=1, seconds=1), 100) == 1
    assert visitors.known_as(session, keys, PHONE, (end, end - MINUTE)) == [august]
    assert visitors.visitor(session, keys, PHONE, end - MINUTE) != july
