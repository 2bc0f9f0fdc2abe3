"""The kiosk's code typed into a phone without a network: it says itself when it was shown."""

from datetime import datetime, timedelta

from sqlmodel import select

from hub.inspections.tables import Inspection
from shared.door_code import door_code
from tests.hub.inspections.conftest import Hub
from tests.hub.offline.devices import KEY, Device, code_of, sign_in_again


def form(hub: Hub) -> Inspection:
    with hub.session() as session:
        return session.exec(select(Inspection)).one()


def later(hub: Hub, phone: Device, by: timedelta) -> None:
    hub.now += by
    sign_in_again(hub, phone.client, "zhang")
    phone.client.csrf = phone.client.http.get("/api/offline/session").json()["csrf"]


def begun(at: datetime) -> datetime:
    return at - timedelta(seconds=at.timestamp() % 30)


def test_a_fresh_code_proves_it_three_days_later_even_from_a_phone_a_day_off(hub: Hub, phone: Device) -> None:
    phone.behind = timedelta(days=-1, minutes=7)
    shown = hub.now - timedelta(seconds=60)
    entry = phone.did("arrive_by_code", code=code_of(hub, shown))
    later(hub, phone, timedelta(hours=72))
    assert phone.send(entry) == ["applied"]
    found = form(hub)
    assert (found.presence, found.arrived_by, found.arrived_at) == ("proven", "code", begun(shown))
    assert found.code_steps in (2, 3)
    assert phone.send(entry) == ["applied"]
    phone.download()
    assert "已证明在站点 · 驿站屏幕动态码" in phone.form["presence"]


def test_a_code_of_another_hour_is_written_down_and_proves_nothing(hub: Hub, phone: Device) -> None:
    old = hub.now - timedelta(hours=5)
    assert phone.send(phone.did("arrive_by_code", code=code_of(hub, old))) == ["applied"]
    found = form(hub)
    assert (found.presence, found.arrived_at) == ("stale", begun(old))
    page = phone.client.get(f"/inspections/{phone.form['id']}").text
    assert "未证明：动态码的时间与手机不符" in page
    assert "码龄 300 分钟" in page
    assert phone.send(phone.did("arrive_by_code", code=code_of(hub, hub.now))) == ["applied"]
    assert form(hub).presence == "proven"


def test_a_made_up_code_another_stations_and_one_of_a_time_to_come_are_refused(hub: Hub, phone: Device) -> None:
    for code in (
        code_of(hub, hub.now + timedelta(minutes=5)), "0" * 12, "z" * 12, door_code(KEY, "q7m2x9v3ka", hub.now),
        door_code(bytes(32), phone.form["station"]["id"], hub.now),
    ):  # fmt: skip
        assert phone.send(phone.did("arrive_by_code", code=code)) == ["refused"], code
    for unreadable in ("", "short", "x" * 13, "' OR 1=1 --1"):
        assert phone.send(phone.did("arrive_by_code", code=unreadable)) == ["refused"], unreadable
    assert form(hub).presence == "unproven"
