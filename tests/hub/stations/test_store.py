"""The register."""

import os

from sqlalchemy import Engine
from sqlmodel import Session

from hub.accounts.tables import User
from hub.stations import store
from hub.stations.roster import Filing, digest, settings_of
from shared.ids import is_station_id
from shared.opening import Opening
from shared.text import Text
from tests.hub.conftest import register
from tests.hub.said import LONG_AGO, NOW


def test_a_station_gets_an_opaque_id_and_only_its_brokers_hash_is_kept(engine: Engine) -> None:
    with Session(engine) as session:
        registered = store.add(session, Filing("站", "S", "anhui_2024", LONG_AGO), lambda key: key[::-1], os.urandom)
        assert is_station_id(registered.station.id)
        assert registered.station.mqtt_hash.startswith("$2b$04$")
        assert registered.secret not in repr(registered.station.model_dump())


def test_a_user_sees_the_stations_that_stand(engine: Engine, station: str) -> None:
    gone = register(engine, "旧站")
    user = User(name="li", password_hash="", role="inspector", created_at=NOW, everywhere=True)
    with Session(engine) as session:
        assert store.revoke(session, gone, NOW)
        assert [found.id for found in store.visible_to(session, user)] == [station]
        assert store.visible(session, user, gone) is None
        assert [found.station for found in store.broker_users(session)] == [station]


def test_settings_are_told_apart_by_content_not_by_number() -> None:
    name = Text("站", "S")
    one, same = (settings_of(number, name, Opening(), LONG_AGO, []) for number in (1, 2))
    assert digest(one) == digest(same)
    assert digest(one) != digest(settings_of(1, name, Opening(end="18:00"), LONG_AGO, []))
