"""The trail on its page: filtered, paged, exported without formulas, verified; for auditors, of their stations only."""

import csv
from io import StringIO

from sqlalchemy import text

from hub.accounts import store as accounts
from hub.accounts.roles import Role
from hub.trail import store


def written(hub, count: int = 1, **more: object) -> None:
    for number in range(count):
        said = {"subject": f"alert {number}", "station": "k3v9x2m7qa"} | more
        store.note(hub.session, "王芳", "maintainer", "alert.acknowledge", hub.now, **said)
    hub.session.commit()


def test_rows_are_found_by_who_what_and_station_and_paged(hub, administrator):
    hub.station()
    hub.station("a3v9x2m7qb", "淮河路驿站")
    written(hub, 60)
    written(hub, station="a3v9x2m7qb", subject="alert at the other")
    store.note(hub.session, "陈查", "inspector", "inspection.submit", hub.now, subject="inspection 7")
    hub.session.commit()
    page = administrator.get("/trail").text
    assert "inspection 7" in page
    assert "alert 3<" not in page
    older = page.split('rel="next" href="')[1].split('"')[0]
    assert "alert 3<" in administrator.get(older).text
    assert "inspection 7" not in administrator.get("/trail?who=王芳").text
    assert "alert 3<" not in administrator.get("/trail?station=a3v9x2m7qb").text
    assert "inspection 7" in administrator.get("/trail?what=inspection").text
    assert "没有符合的记录" in administrator.get("/trail?what=in%25").text


def test_an_auditor_sees_what_concerns_their_stations_and_one_for_all_sees_all(hub, signed_in):
    hub.station()
    hub.station("a3v9x2m7qb", "淮河路驿站")
    written(hub, subject="ours")
    written(hub, station="a3v9x2m7qb", subject="theirs")
    written(hub, station=None, subject="about no station")
    partial = signed_in(Role.AUDITOR, "纪甲", everywhere=False)
    user = accounts.find_user(hub.session, "纪甲")
    assert user
    accounts.name_station(hub.session, user, "k3v9x2m7qa")
    hub.session.commit()
    for address in ("/trail", "/trail.csv", "/trail.json", "/trail/verify", "/trail?station=a3v9x2m7qb"):
        found = partial.get(address).text
        assert "theirs" not in found
        assert "about no station" not in found
        assert ("ours" in found) is ("a3v9" not in address)
    assert "about no station" in signed_in(Role.AUDITOR, "纪乙").get("/trail").text


def test_no_cell_of_the_sheet_is_a_formula(hub, administrator):
    for nasty in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", 'plain, "quoted"\nline'):
        store.note(hub.session, nasty, "maintainer", "alert.comment", hub.now, reason=nasty)
    hub.session.commit()
    answer = administrator.get("/trail.csv?what=alert.comment")
    assert answer.headers["content-disposition"].endswith('.csv"')
    rows = list(csv.reader(StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) == 7
    assert all(cell[:1] not in ("=", "+", "-", "@", "\t") for row in rows for cell in row)
    assert rows[1][9] == 'plain, "quoted"\nline'
    said = administrator.get("/trail.json?what=alert.comment").json()
    assert [row["reason"] for row in said["rows"]][-1] == "=1+1"
    assert said["rows"][0]["hash"] == said["hash"]


def test_the_button_finds_a_changed_row(hub, administrator):
    written(hub, 3)
    assert "日志完整：3 行" in administrator.get("/trail/verify").text
    hub.session.connection().execute(text("UPDATE trail SET who = 'nobody' WHERE id = 2"))
    hub.session.commit()
    assert "日志在第 2 行断开" in administrator.get("/trail/verify").text


def test_what_people_do_on_pages_is_noted(hub, stranger):
    hub.user("王芳")
    hub.station()
    hub.facility("fridge-1")
    hub.question("fridge-1", "asked")
    for _ in range(5):
        stranger.sign_in(password="wrong one")
    stranger.sign_in()
    hub.session.expire_all()
    assert [row.what for row in store.newest(hub.session, None)] == ["account.lock"]
    user = accounts.find_user(hub.session, "王芳")
    assert user
    user.locked_until, user.failures = None, 0
    hub.add(user)
    stranger.sign_in()
    stranger.post("/stations/k3v9x2m7qa/questions/asked", {"answer": "no"})
    for _ in range(2):
        stranger.post("/stations/k3v9x2m7qa/register/facilities/fridge-1/unit", {"model": "BCD-215"})
    hub.session.expire_all()
    rows = store.newest(hub.session, None)
    assert [(row.what, row.station) for row in rows[:-1]] == [
        ("unit.put", "k3v9x2m7qa"),
        ("question.answer", "k3v9x2m7qa"),
        ("account.sign_in", None),
    ]
    assert '"name": "BCD-215"' in str(rows[0].new)
    assert rows[1].new == "no"
    assert store.verify(hub.session) is None
