"""The pages of visits: whose, how counted, as files; and what a person may have deleted."""

import csv
import io
from datetime import timedelta

from sqlmodel import select

from hub import keeping
from hub.accounts import store as accounts
from hub.checkins.tables import CheckInRow
from hub.feedback.tables import FeedbackRow
from hub.photos import store as photos
from hub.photos.tables import Photo, PhotoBytes
from hub.security import SESSION_COOKIE
from hub.settings import HubSettings
from hub.trail.tables import TrailRow
from hub.unions import store as unions
from hub.unions.trees import Level
from hub.visits.forgetting import forget_visitor
from shared.opening import local_midnight
from tests.hub.visits import came
from tests.hub.visits.came import STATION, check_in, said
from tests.photos import jpeg

PAGE = f"/stations/{STATION}/visits"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def signed_in(hub, stranger, role="administrator", **more):
    user = hub.user("李", role, **more)
    accounts.open_session(hub.session, user, "another", "form token", hub.now, timedelta(days=7))
    hub.session.commit()
    stranger.client.cookies.set(SESSION_COOKIE, "another")
    return user


def test_a_station_in_two_unions_counts_once_and_what_is_not_ones_own_not_at_all(furnished, stranger):
    hub = furnished
    district = unions.add(hub.session, "东区总工会", Level.DISTRICT)
    couriers = unions.add(hub.session, "快递产业工会", Level.INDUSTRY)
    foreign = unions.add(hub.session, "西区总工会", Level.DISTRICT)
    hub.station("p7v9x2m7qb", "桥头驿站", union=district.id, industry=couriers.id)
    hub.station("q7v9x2m7qc", "别处驿站", union=foreign.id)
    for station, number in (("p7v9x2m7qb", 3), ("q7v9x2m7qc", 5)):
        for step in range(number):
            check_in(hub, hub.now - HOUR + step * timedelta(minutes=1), station=station)
    came.added_up(hub)
    signed_in(hub, stranger, "district", everywhere=False, union=district.id)
    page = stranger.get("/visits").text
    assert "桥头驿站" in page
    assert "别处驿站" not in page
    assert "<b>3</b>签到" in page
    assert "<b>3</b>签到" in stranger.get(f"/visits?union={couriers.id}").text
    assert "<b>0</b>签到" in stranger.get(f"/visits?union={foreign.id}").text
    rows = stranger.get("/visits/export.csv").text.splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["p7v9x2m7qb", ""]
    assert [row.split(",")[4] for row in rows[1:]] == ["3", "3"]


def test_what_was_revoked_is_nobodys_not_even_of_whoever_sees_everything(furnished, stranger):
    hub = furnished
    hub.station("p7v9x2m7qb", "撤销驿站", revoked_at=hub.now)
    for station in (STATION, "p7v9x2m7qb"):
        check_in(hub, hub.now - HOUR, station=station)
    came.added_up(hub)
    signed_in(hub, stranger)
    for count in ("filtered", "raw"):
        assert "<b>1</b>签到" in stranger.get(f"/visits?count={count}").text
    assert [row["station"] for row in stranger.get("/api/visits").json()["stations"]] == [STATION]


def test_the_switch_shows_what_was_recorded_and_what_counts(furnished, maintainer):
    for step in range(10):
        check_in(furnished, furnished.now - HOUR + timedelta(seconds=step), burst=step > 2)
    came.added_up(furnished)
    for address in ("/visits", PAGE):
        assert "<b>3</b>签到" in maintainer.get(address).text
        assert "<b>10</b>签到" in maintainer.get(f"{address}?count=raw").text
    assert "全部 10 次，去重后 3 次" in maintainer.get(PAGE).text


def test_visitors_are_counted_among_those_who_can_be_told_apart(furnished, maintainer):
    for visitor in ("a" * 32, "a" * 32, "b" * 32, None):
        check_in(furnished, furnished.now - HOUR, method="card" if visitor else "tap", visitor=visitor)
    assert "<b>2</b>不同的人（3 次扫码或刷卡）" in maintainer.get(PAGE).text


def test_what_somebody_wrote_is_text_and_nothing_else(furnished, maintainer):
    said(furnished, furnished.now - HOUR, 2, text="<script>alert('1')</script>\n'; DROP TABLE feedback; --")
    page = maintainer.get(PAGE).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "DROP TABLE" in page


def test_undated_ones_are_said(furnished, maintainer):
    check_in(furnished, furnished.now - HOUR, undated=True)
    assert "其中 1 次签到时间不明" in maintainer.get(PAGE).text


def test_a_file_of_one_station_has_its_days_and_hours_and_a_gap_is_empty(furnished, maintainer):
    nine = local_midnight(furnished.now) + 9 * HOUR
    for step in range(5):
        check_in(furnished, nine + timedelta(seconds=step), "courier", burst=step > 2)
    check_in(furnished, nine + timedelta(minutes=5), "sanitation")
    said(furnished, nine + timedelta(minutes=6), 4)
    said(furnished, nine + HOUR, 1)
    said(furnished, nine + HOUR, 1, burst=True)
    head, *rows = csv.reader(io.StringIO(maintainer.get(f"{PAGE}/export.csv").content.decode("utf-8-sig")))
    assert head[:7] == ["日期", "小时", "签到", "进站（估计）", "方向不明", "回答满意度", "满意"]
    who = dict(zip(head[7:], range(7, len(head)), strict=True))
    today = [row for row in rows if row[0] == "2026-07-15" and row[1] in ("", "09", "10", "11")]
    assert [row[:7] for row in today] == [
        ["2026-07-15", "", "4", "", "", "2", "1"],
        ["2026-07-15", "09", "4", "", "", "1", "1"],
        ["2026-07-15", "10", "0", "", "", "1", "0"],
        ["2026-07-15", "11", "0", "", "", "0", "0"],
    ], "nothing counts at the entrance, and an hour in which nobody came is a zero where the station spoke"
    for row in today[:2]:
        assert (row[who["快递员"]], row[who["环卫工"]], row[who["其他"]]) == ("3", "1", "0")
    raw = maintainer.get(f"{PAGE}/export.csv?count=raw").text.splitlines()
    assert [row.split(",")[2] for row in raw if row[:14] in ("2026-07-15,,6,", "2026-07-15,09,")] == ["6", "6"]
    june = maintainer.get(f"{PAGE}/export.csv?month=2026-05").text.splitlines()
    assert june[1] == "2026-05-01" + "," * (len(head) - 1)


def test_who_came_when_stands_on_the_page(furnished, maintainer):
    nine = local_midnight(furnished.now) + 9 * HOUR
    assert "职业与时间" not in maintainer.get(PAGE).text, "of nobody there is no table"
    check_in(furnished, nine, "courier")
    check_in(furnished, nine - DAY, "sanitation")
    page = maintainer.get(PAGE).text
    assert "职业与时间" in page
    assert ">出租车司机</th>" not in page.partition('id="who-when"')[2], "only who came"
    assert "每天各职业的签到" in page


def test_what_makes_no_sense_is_refused(furnished, maintainer):
    for query in ("month=2026-13", "month=x", "count=all", "union=-1", "page=0", "month=2026-07%00"):
        for address in ("/visits", PAGE, "/visits/chart/days.svg", "/visits/export.csv"):
            assert maintainer.get(f"{address}?{query}").status_code == 422, (address, query)
    assert maintainer.get("/visits/chart/pie.svg").status_code == 404


def test_a_month_to_come_is_the_running_one(furnished, maintainer):
    assert "2026-07" in maintainer.get("/visits?month=2031-01").text


def test_charts_are_drawn_full_and_empty(furnished, maintainer):
    kinds = ("days", "hours", "weeks")
    for address in (f"{base}/chart/{kind}.svg" for kind in kinds for base in (PAGE, "/visits")):
        answer = maintainer.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    came.busy_weeks(furnished, days=3)
    for kind in kinds:
        assert len(maintainer.get(f"{PAGE}/chart/{kind}.svg?wide=1&dark=1").content) > 2000


def test_on_request_words_and_photo_go_and_the_answer_stays(furnished, stranger):
    photo = photos.keep(furnished.session, STATION, jpeg(), "", furnished.now)
    row = said(furnished, furnished.now - HOUR, 2, text="请不要留下这句话", photo=photo.id)
    signed_in(furnished, stranger)
    assert "请不要留下这句话" in stranger.get(PAGE).text
    assert stranger.post(f"{PAGE}/{row.id}/forget").status_code == 303
    furnished.session.expire_all()
    left = furnished.session.get_one(FeedbackRow, row.id)
    assert (left.text, left.photo, left.score) == ("", None, 2)
    assert furnished.session.exec(select(Photo)).all() == furnished.session.exec(select(PhotoBytes)).all() == []
    (noted,) = [one for one in furnished.session.exec(select(TrailRow)) if one.what == "people.forget"]
    assert (noted.subject, noted.old, noted.new) == (row.id, None, None)
    assert stranger.post(f"{PAGE}/{row.id}/forget").status_code == 404
    assert stranger.post(f"{PAGE}/nothing/forget").status_code == 404


def test_a_maintainer_deletes_nothing_anybody_said(furnished, maintainer):
    row = said(furnished, furnished.now - HOUR, 2, text="x")
    assert "删除留言" not in maintainer.get(PAGE).text.replace("可随时删除", "")
    assert maintainer.post(f"{PAGE}/{row.id}/forget").status_code == 403


def test_visitors_go_after_thirty_days_and_words_after_ninety(furnished, tmp_path):
    check_in(furnished, furnished.now, method="card", visitor="a" * 32)
    row = said(furnished, furnished.now, 1, text="水不热")
    engine = furnished.session.get_bind()

    def after(days):
        keeping.sweep(engine, HubSettings(folder=tmp_path), "me", lambda: furnished.now + days * DAY, lambda _s: False)
        furnished.session.expire_all()
        known = furnished.session.exec(select(CheckInRow.visitor)).all()
        return known, furnished.session.get_one(FeedbackRow, row.id).text

    assert after(30) == (["a" * 32], "水不热")
    assert after(31) == ([None], "水不热")
    assert after(91) == ([], "")
    assert furnished.session.get_one(FeedbackRow, row.id).score == 1


def test_one_visitor_is_forgotten_on_request(furnished):
    for visitor in ("a" * 32, "a" * 32, "b" * 32):
        check_in(furnished, furnished.now, method="card", visitor=visitor)
    assert forget_visitor(furnished.session, STATION, "a" * 32) == 2
    assert forget_visitor(furnished.session, STATION, "c" * 32) == 0
