"""An inspector scans the kiosk's code: it shows that they are there, for them alone, while it is fresh."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from hub.accounts import store as accounts
from hub.inspections import assignment_store as assignments
from hub.inspections.purposes import Purpose
from hub.inspections.tables import AnswerLog, Inspection
from hub.security import SESSION_COOKIE
from hub.stations.tables import Station
from tests.hub.phone.conftest import STATION, Door


@pytest.fixture
def inspector(door: Door) -> Door:
    """赵检查 is assigned here, 钱检查 is not."""
    door.filed(rulebook="shanghai_2018")
    session, boss = door.hub.session, door.hub.user("局长", "administrator")
    station = session.get_one(Station, STATION)
    for name in ("赵检查", "钱检查"):
        user = door.hub.user(name, "inspector")
        if name == "赵检查":
            assignments.assign(session, station, [user], Purpose.SPOT, date(2026, 7, 20), boss, door.now)
    session.commit()
    return door


def signed_in(door: Door, name: str) -> None:
    user = accounts.find_user(door.hub.session, name)
    assert user
    accounts.open_session(door.hub.session, user, f"token-{user.id}-{door.now:%s}", "form", door.now, timedelta(days=7))
    door.hub.session.commit()
    door.client.cookies.clear()
    door.client.cookies.set(SESSION_COOKIE, f"token-{user.id}-{door.now:%s}")


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found, "the page offers no proof"
    return found[1]


def row(door: Door) -> Inspection:
    door.hub.session.expire_all()
    return door.hub.session.exec(select(Inspection)).one()


def begin(door: Door, seen: str = "") -> Any:
    data = {"csrf": "form", "seen": seen}
    return door.client.post(f"/stations/{STATION}/inspections", data=data, follow_redirects=False)


def test_a_scan_begins_the_inspection_with_its_proof(inspector: Door) -> None:
    door = inspector
    signed_in(door, "赵检查")
    page = door.get(f"/C/{STATION.upper()}/{door.code(timedelta(seconds=60))}")
    assert "开始检查，并用作到场证明" in page.text
    assert page.headers["referrer-policy"] == "same-origin"
    scanned = door.now
    door.later(timedelta(minutes=5))
    form = door.follow(begin(door, seen_in(page.text)))
    assert "已证明在站点 · 驿站屏幕动态码，7月15日 14:00，码龄 60 秒" in form.text
    found = row(door)
    assert (found.presence, found.arrived_by, found.arrived_at, found.code_steps) == ("proven", "code", scanned, 2)
    told = door.get(f"/api/inspections/{found.id}").json()
    assert (told["presence"], told["code_steps"]) == ("proven", 2)
    assert "驿站屏幕动态码，7月15日 14:00" in door.get(f"/inspections/{found.id}/print").text
    steps = door.hub.session.exec(select(AnswerLog).where(AnswerLog.what == "arrive")).all()
    assert [(step.new, step.reason) for step in steps] == [("proven", "code 2026-07-15T06:00:00Z +2")]
    assert "到场证明" not in door.get(f"/c/{STATION}/{door.code()}").text


def test_an_old_code_proves_nothing_however_doubtful_the_kiosks_clock_is(inspector: Door) -> None:
    door = inspector
    signed_in(door, "赵检查")
    door.hub.last_heard(timedelta(hours=3))
    door.hub.listening()
    door.later(timedelta(0))
    page = door.get(f"/c/{STATION}/{door.code(timedelta(minutes=8))}").text
    assert "二维码已过期" not in page
    assert "到场证明" not in page
    assert "到场证明" not in door.get(f"/c/{STATION}").text


def test_it_is_offered_to_nobody_else_and_worth_nothing_to_them(inspector: Door) -> None:
    door = inspector
    signed_in(door, "赵检查")
    seen = seen_in(door.get(f"/c/{STATION}/{door.code()}").text)
    signed_in(door, "钱检查")
    assert "到场证明" not in door.get(f"/c/{STATION}/{door.code()}").text
    signed_in(door, "局长")
    assert begin(door, seen).status_code == 303
    assert row(door).presence == "unproven"


def test_what_the_page_carries_ends_after_ten_minutes(inspector: Door) -> None:
    door = inspector
    signed_in(door, "赵检查")
    seen = seen_in(door.get(f"/c/{STATION}/{door.code()}").text)
    door.later(timedelta(minutes=10, seconds=1))
    begin(door, seen)
    assert row(door).presence == "unproven"


def test_the_code_may_be_typed_into_the_form(inspector: Door) -> None:
    door = inspector
    signed_in(door, "赵检查")
    form = begin(door).headers["location"]
    for wrong in ("", "0" * 12, door.code(timedelta(minutes=5)), "' OR 1=1 --"):
        refused = door.client.post(f"{form}/arrive-by-code", data={"csrf": "form", "code": wrong})
        assert refused.status_code == 422, wrong
        assert "动态码不对或已过期" in refused.text
    assert row(door).presence == "unproven"
    code = door.code().lower()
    typed = f" {code[:4]} {code[4:8]}-{code[8:]} "
    answer = door.client.post(f"{form}/arrive-by-code", data={"csrf": "form", "code": typed}, follow_redirects=False)
    assert answer.headers["location"] == f"{form}#presence"
    assert (row(door).presence, row(door).arrived_by) == ("proven", "code")
    page = door.get(form).text
    assert "用动态码证明到场" not in page
    door.later(timedelta(minutes=1))
    door.client.post(f"{form}/arrive-by-code", data={"csrf": "form", "code": door.code()})
    assert row(door).code_steps == 0


def test_one_begun_before_is_named_on_the_phones_page(inspector: Door) -> None:
    door = inspector
    signed_in(door, "赵检查")
    form = begin(door).headers["location"]
    page = door.get(f"/c/{STATION}/{door.code()}").text
    assert f'action="{form}/arrive-by-code"' in page
    data = {"csrf": "form", "seen": seen_in(page)}
    assert door.client.post(f"{form}/arrive-by-code", data=data, follow_redirects=False).status_code == 303
    assert row(door).presence == "proven"
