"""The key of a person's phones: the same each time, nobody else's, and sealed where it lies."""

from base64 import b64decode

from sqlmodel import col, delete, select, update

from hub.accounts.tables import SessionRow, User
from hub.offline.keys import KEY_BYTES
from hub.offline.tables import OfflineKey
from tests.hub.inspections.conftest import Hub
from tests.hub.offline.devices import Device


def key_of(phone: Device) -> bytes:
    answer = phone.client.http.post("/api/offline/key", headers=phone.headers())
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    return b64decode(answer.json()["key"])


def test_it_is_made_once_and_each_has_another(hub: Hub, phone: Device, other_phone: Device) -> None:
    key = key_of(phone)
    assert len(key) == KEY_BYTES and key_of(phone) == key != key_of(other_phone)
    with hub.session() as session:
        rows = session.exec(select(OfflineKey)).all()
    assert len(rows) == 2 and not [row for row in rows if key in row.sealed]


def test_it_outlives_the_sessions_and_the_role(hub: Hub, phone: Device) -> None:
    key = key_of(phone)
    with hub.session() as session:
        session.connection().execute(delete(SessionRow))
        session.connection().execute(update(User).where(col(User.name) == "zhang").values(role="auditor"))
        session.commit()
    assert phone.client.http.post("/api/offline/key", headers=phone.headers()).status_code in {401, 403}
    again = Device(hub, hub.browser("auditor", "zhang"))
    assert key_of(again) == key


def test_it_is_given_to_a_session_only(hub: Hub, phone: Device) -> None:
    assert hub.browser().http.post("/api/offline/key").status_code in {401, 403}
    assert phone.client.http.post("/api/offline/key").status_code == 403
    assert phone.client.http.get("/api/offline/key").status_code == 405
