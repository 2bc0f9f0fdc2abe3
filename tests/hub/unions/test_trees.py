"""Two trees; who sees which stations."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from hub.accounts import store as accounts
from hub.accounts.store import Jurisdiction
from hub.accounts.tables import User
from hub.stations import store as stations
from hub.stations.tables import Station
from hub.unions import store
from hub.unions.trees import Level
from tests.hub.conftest import register
from tests.hub.said import NOW, new_id


@pytest.fixture
def trees(engine: Engine) -> dict[str, int]:
    """A province, a city, two districts; an industry with a bank."""
    with Session(engine) as session:
        province = store.identity(store.add(session, "安徽省总工会", Level.PROVINCE))
        city = store.identity(store.add(session, "淮南市总工会", Level.CITY, province))
        east = store.identity(store.add(session, "东区总工会", Level.DISTRICT, city))
        west = store.identity(store.add(session, "西区总工会", Level.DISTRICT, city))
        industry = store.identity(store.add(session, "金融工会", Level.INDUSTRY))
        bank = store.identity(store.add(session, "某银行", Level.CO_BUILDER, industry))
        session.commit()
    return {"province": province, "city": city, "east": east, "west": west, "industry": industry, "bank": bank}


def seen(engine: Engine, role: str, **where: object) -> set[str]:
    with Session(engine) as session:
        user = User(name=f"{role} {new_id()}", password_hash="-", role=role, created_at=NOW)
        session.add(user)
        accounts.place(session, user, Jurisdiction(**where))
        return {station.name for station in stations.visible_to(session, user)}


@pytest.fixture
def hung(engine: Engine, trees: dict[str, int]) -> dict[str, str]:
    """A station in each district, one of them in the second tree, too; one that hangs nowhere."""
    ids = {name: register(engine, name) for name in ("东站", "西站", "孤站")}
    with Session(engine) as session:
        session.get_one(Station, ids["东站"]).union = trees["east"]
        west = session.get_one(Station, ids["西站"])
        west.union, west.industry = trees["west"], trees["bank"]
        session.commit()
    return ids


def test_a_union_sees_its_stations_and_those_below_it_in_either_tree_once(
    engine: Engine, trees: dict[str, int], hung: dict[str, str]
) -> None:
    assert seen(engine, "province", union=trees["province"]) == {"东站", "西站"}
    assert seen(engine, "city", union=trees["city"]) == {"东站", "西站"}
    assert seen(engine, "district", union=trees["east"]) == {"东站"}
    assert seen(engine, "industry", union=trees["industry"]) == {"西站"}
    assert seen(engine, "inspector", union=trees["bank"]) == {"西站"}


def test_who_was_given_nothing_sees_nothing(engine: Engine, hung: dict[str, str]) -> None:
    for role in ("province", "city", "district", "industry", "inspector", "maintainer", "auditor", "station_head"):
        assert seen(engine, role) == set()
    assert seen(engine, "administrator") == {"东站", "西站", "孤站"}


def test_heads_and_third_parties_see_only_stations_named_to_them(
    engine: Engine, trees: dict[str, int], hung: dict[str, str]
) -> None:
    named = {"union": trees["province"], "everywhere": True, "stations": (hung["孤站"],)}
    assert seen(engine, "station_head", **named) == {"孤站"}
    assert seen(engine, "third_party", **named, expires_at=NOW) == {"孤站"}
    assert seen(engine, "maintainer", union=trees["east"], stations=(hung["孤站"],)) == {"东站", "孤站"}


def test_a_third_party_has_an_end(engine: Engine) -> None:
    with pytest.raises(accounts.BadUser, match="end"):
        seen(engine, "third_party")


def test_a_city_cannot_hang_under_a_district_nor_a_bank_under_a_city(engine: Engine, trees: dict[str, int]) -> None:
    with Session(engine) as session:
        for level, parent in ((Level.CITY, "east"), (Level.CO_BUILDER, "city"), (Level.DISTRICT, "bank")):
            with pytest.raises(store.BadUnion, match="cannot hang"):
                store.add(session, "某会", level, trees[parent])
        with pytest.raises(store.BadUnion, match="no union 99"):
            store.add(session, "某会", Level.DISTRICT, 99)
