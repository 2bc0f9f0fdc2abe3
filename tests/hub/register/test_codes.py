"""A local union asks, the province gives: contiguous, once, for ever (AH-27 to AH-33)."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from hub.database import engine_for
from hub.stations import codes, store
from hub.stations.roster import Filing
from hub.stations.tables import Station
from tests.databases import Databases, make_tables
from tests.hub.register.conftest import ENTRY, STATION, Register
from tests.hub.said import LONG_AGO, NOW


def test_only_the_province_gives_what_a_local_union_asks_for(register: Register) -> None:
    district = register.person("district", register.district)
    assert "电话区号" in district.refused(f"{ENTRY}/code-request", {"area": "0211"})
    assert "电话区号" in district.refused(f"{ENTRY}/code-request", {"area": ""})
    district.saves(f"{ENTRY}/code-request", {"area": "0551"})
    district.saves(f"{ENTRY}/code-request", {"area": "0551"})
    assert len(register.trail("code.request")) == 1, "asked twice is asked once"
    assert district.post("/register/codes/1", {"decision": "give"}).status_code == 403
    province = register.person("province")
    assert "蜀山" in register.station().union_name
    assert province.get("/register/codes").text.count("核发下一个编码") == 1
    province.saves("/register/codes/1", {"decision": "give"})
    assert register.station().code == "12055100001"
    assert province.post("/register/codes/1", {"decision": "give"}).status_code == 409
    assert "编码不再变更" in district.refused(f"{ENTRY}/code-request", {"area": "0551"})
    for number in ("2", "0", str(2**40), "-1"):
        assert province.post(f"/register/codes/{number}", {"decision": "give"}).status_code == 404
    assert province.post("/register/codes/x", {"decision": "give"}).status_code == 404
    assert province.post("/register/codes/1", {"decision": "perhaps"}).status_code == 422


def test_a_refusal_has_a_reason_and_is_shown(register: Register) -> None:
    district, province = register.person("district", register.district), register.person("province")
    district.saves(f"{ENTRY}/code-request", {"area": "0551"})
    assert "此项必填" in province.refused("/register/codes/1", {"decision": "refuse", "why": " "})
    province.saves("/register/codes/1", {"decision": "refuse", "why": "区号应为 0552"})
    assert "区号应为 0552" in district.get(ENTRY).text
    district.saves(f"{ENTRY}/code-request", {"area": "0552"})
    province.saves("/register/codes/2", {"decision": "give"})
    assert register.station().code == "12055200001"


def test_another_districts_request_is_not_ones_own(register: Register) -> None:
    register.person("district", register.district).saves(f"{ENTRY}/code-request", {"area": "0551"})
    far = register.person("province", register.other)
    assert far.post("/register/codes/1", {"decision": "give"}).status_code == 404
    assert STATION not in far.get("/register/codes").text


def test_where_there_is_no_rule_the_number_is_free_text(register: Register) -> None:
    station = register.station()
    station.rulebook = "shanghai_2018"
    register.hub.add(station)
    register.hub.station("b2c3d4e5f6", "山上驿站", heard=False, rulebook="shanghai_2018", code="沪-2")
    person = register.person("administrator")
    person.saves(f"{ENTRY}/code", {"code": "沪-1"})
    assert register.station().code == "沪-1"
    assert "已属于另一个站点" in person.refused(f"{ENTRY}/code", {"code": "沪-2"})
    assert "没有编码规则" in person.refused(f"{ENTRY}/code-request", {"area": "0551"})
    person.saves(f"{ENTRY}/code")
    assert register.station().code is None


def test_by_the_rule_no_number_is_free_text(register: Register) -> None:
    page = register.person("administrator").refused(f"{ENTRY}/code", {"code": "12055100001"})
    assert "编码由省总工会统一核发" in page
    assert register.station().code is None


@pytest.fixture
def session(engine: Engine) -> Session:
    return Session(engine, expire_on_commit=False)


def added(session: Session, name: str, kind: str = "normal", code: str | None = None) -> Station:
    filing = Filing(name, name, "anhui_2024", LONG_AGO, kind=kind, code=code)  # type: ignore[arg-type]
    return store.add(session, filing, lambda key: key, lambda count: name.encode().ljust(count, b"0")[:count]).station


def test_the_sequence_is_one_for_all_kinds_and_goes_on_after_what_was_given(session: Session) -> None:
    with session:
        added(session, "old", code="12055100041")
        given = [
            codes.allocate(session, added(session, kind, kind), "0551", "李", NOW)
            for kind in ("normal", "micro", "mobile", "construction_site")
        ]
        assert given == ["12055100042", "12055100043s", "12055100044d", "12055100045"]
        assert codes.allocate(session, added(session, "far"), "0552", "李", NOW) == "12055200001"
        [near, _far] = codes.gaps(session)
        assert (near.last, len(near.missing)) == (45, 40)


def test_digits_belong_to_one_station_whatever_the_suffix(session: Session) -> None:
    with session:
        micro = added(session, "micro", "micro", "12055100001s")
        with pytest.raises(store.CodeTaken):
            added(session, "normal", "normal", "12055100001")
        codes.change_kind(session, micro, "mobile", "李", NOW)
        assert micro.code == "12055100001d"
        assert [alias.value for alias in codes.aliases(session, micro.id)] == ["12055100001s"]


def test_two_hundred_at_once_get_two_hundred_codes_without_a_gap(databases: Databases, tmp_path: Path) -> None:
    with databases.fresh(tmp_path / "hub.db") as url:
        engine = engine_for(url)
        make_tables(engine)
        give_to_many(engine)
        engine.dispose()


def give_to_many(engine: Engine) -> None:
    """To two hundred stations, eight at a time; every tenth fails once and is done again."""
    with Session(engine) as session:
        ids = [added(session, f"s{number:03d}").id for number in range(200)]
        session.commit()

    def give(number: int) -> None:
        with Session(engine) as session:
            codes.allocate(session, session.get_one(Station, ids[number]), "0551", "李", NOW)
            if number % 10 == 0:
                session.rollback()
                codes.allocate(session, session.get_one(Station, ids[number]), "0551", "李", NOW)
            session.commit()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(give, range(200)))
    with Session(engine) as session:
        given = sorted(station.code or "" for station in store.all_stations(session))
        assert given == [f"120551{number:05d}" for number in range(1, 201)]
        assert [gap.missing for gap in codes.gaps(session)] == [()]
