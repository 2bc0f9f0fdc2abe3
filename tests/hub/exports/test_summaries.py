"""Summaries: what adds up, once only; rates with what can be said of them; who sees which."""

from datetime import timedelta

import pytest
from sqlmodel import select

from hub import clock
from hub.exports import sums_store
from hub.exports.months import Span, following, read, spelled, year_up_to
from hub.exports.statistics import Rate
from hub.exports.summary import inspectors
from hub.exports.summary_store import Asked, summary
from hub.exports.sums import Sums
from hub.exports.tables import InspectionSum
from hub.inspections.blind import is_blind
from hub.inspections.tables import Inspection, InspectionItem
from hub.stations import store as stations
from hub.unions import store as unions
from hub.unions.trees import Level
from tests.hub.exports.told import told_form
from tests.hub.inspected import low, somebody
from tests.hub.inspections.conftest import Hub

ALL = Asked(Span(202001, 209912))


def test_a_rate_says_how_sure_it_is():
    assert Rate(0, 0).value is None and Rate(0, 0).interval is None
    low_, high = Rate(5, 10).interval or (0, 0)
    assert (round(low_, 3), round(high, 3)) == (0.237, 0.763)
    assert Rate(0, 10).interval == (0.0, pytest.approx(0.2775, abs=1e-3))


def test_nothing_is_called_different_on_fewer_than_five():
    assert not Rate(4, 4).apart_from(Rate(0, 1000))
    assert Rate(50, 50).apart_from(Rate(0, 1000))
    assert not Rate(5, 50).apart_from(Rate(100, 1000))


def test_an_inspector_is_held_against_the_others_and_not_ranked():
    numbers = {"乙": Sums(3, 80, {"seen": 60, "up": 40}), "甲": Sums(3, 80, {"seen": 60, "up": 2})}
    found = inspectors(numbers)
    assert [one.name for one in found] == sorted(numbers)
    assert all(one.apart for one in found)
    assert not inspectors({"甲": numbers["甲"]})[0].apart, "there are no others"


def test_months_go_round_the_year():
    assert Span(202511, 202602).months() == [202511, 202512, 202601, 202602] and following(202512) == 202601
    assert read(spelled(202607)) == 202607
    now = Hub.now
    assert len(year_up_to(now).months()) == len(year_up_to(now.replace(month=12)).months()) == 12


def union_of(hub: Hub, name: str, level: Level, parent: int | None = None) -> int:
    with hub.session() as session:
        row = unions.add(session, name, level, parent)
        session.commit()
        return row.id or 0


def place(hub: Hub, station: str, **where: int) -> None:
    with hub.session() as session:
        row = stations.get(session, station)
        assert row
        for name, value in where.items():
            setattr(row, name, value)
        session.add(row)
        session.commit()


def test_a_station_in_both_trees_counts_once_in_each_and_once_in_all(hub):
    city = union_of(hub, "市总", Level.CITY)
    district = union_of(hub, "区总", Level.DISTRICT, city)
    other = union_of(hub, "另一区", Level.DISTRICT, city)
    industry = union_of(hub, "快递行业", Level.INDUSTRY)
    both, one, none = (hub.station("fridge-1", plaque_number=str(n)) for n in range(3))
    place(hub, both, union=district, industry=industry)
    place(hub, one, union=other)
    for station in (both, both, one, none):
        low(hub, station, "fridge")
    boss = hub.browser("administrator")
    user = somebody(hub, "administrator")
    with hub.session() as session:
        found = summary(session, user, ALL, hub.now)
        assert (found.all.inspections, found.stations) == (4, 3)
        assert [(b.union.name, b.depth, b.sums.inspections) for b in found.territory] == [
            ("市总", 0, 3), ("区总", 1, 2), ("另一区", 1, 1),
        ]  # fmt: skip
        assert [(b.union.name, b.sums.inspections) for b in found.industry] == [("快递行业", 2)]
        assert summary(session, user, Asked(ALL.span, industry), hub.now).all.inspections == 2
    page = boss.get("/summaries?from=2026-01&to=2026-12").text
    assert "快递行业" in page and "提供能够正常使用的冰箱" in page and "被检查的站点" in page


def test_a_district_sums_up_only_its_own(hub):
    district = union_of(hub, "区总", Level.DISTRICT)
    mine, foreign = hub.station("fridge-1"), hub.station("fridge-1", plaque_number="2", name="别处")
    place(hub, mine, union=district)
    low(hub, mine, "fridge")
    low(hub, foreign, "fridge")
    browser = hub.browser("district")
    user = somebody(hub, "district")
    user.everywhere, user.union = False, district
    with hub.session() as session:
        session.add(user)
        session.commit()
        found = summary(session, user, ALL, hub.now)
        assert (found.all.inspections, found.open_findings) == (1, 1)
    assert "别处" not in browser.get("/summaries").text


def test_overrides_by_direction_reason_and_blindness(hub):
    told = told_form(hub)
    user = somebody(hub, told.hub.browser("administrator").name)
    with hub.session() as session:
        found = summary(session, user, ALL, hub.now)
        assert (found.all["seen"], found.all["up"], found.all["down"]) == (5, 0, 1)
        assert (found.all["observable"], found.all["proposed"], found.all["lowest_lines"]) == (5, 5, 1)
        assert found.reasons == [("down", "other", 1)] and found.lowest == [("clean", 1)]
        row = session.get_one(Inspection, told.number)
        blind = {n: key for n in range(100) for key in ("microwave",) if blind_at(str(n), key)}
        row.nonce, row.version = str(next(iter(blind))), row.version + 1
        session.add(row)
        session.commit()
        found = summary(session, user, ALL, hub.now)
        assert (found.all.inspections, found.all["blind"], found.all["blind_same"], found.all["down"]) == (1, 1, 0, 0)


def blind_at(nonce: str, key: str) -> bool:
    """Only this of the lines with a proposal."""
    others = ("air_conditioner", "fridge", "drinking_water", "outlets")
    return is_blind(nonce, key) and not any(is_blind(nonce, other) for other in others)


def test_what_was_sent_back_is_out_and_what_was_corrected_is_counted_again(hub):
    station = hub.station("fridge-1")
    number = low(hub, station, "fridge")
    hub.browser("administrator")
    user = somebody(hub, "administrator")
    with hub.session() as session:
        assert summary(session, user, ALL, hub.now).all["lowest_lines"] == 1
        row, line = session.get_one(Inspection, number), session.get_one(InspectionItem, (number, "fridge"))
        row.version, line.points = row.version + 1, 10
        session.add_all([row, line])
        session.commit()
        again = summary(session, user, ALL, hub.now)
        assert (again.all.inspections, again.all["lowest_lines"], again.all["total"]) == (1, 0, 100)
        row.returned_at = hub.now
        session.add(row)
        session.commit()
        assert summary(session, user, ALL, hub.now).all.inspections == 0


def test_numbers_are_caught_up_some_at_a_time(hub):
    station = hub.station("fridge-1")
    for _ in range(3):
        low(hub, station, "fridge")
    with hub.session() as session:
        assert [sums_store.catch_up(session, 2) for _ in range(3)] == [1, 0, 0]


def test_the_clock_takes_in_what_nobody_asked_for(hub):
    station = hub.station("fridge-1")
    for _ in range(sums_store.A_TICK + 1):
        low(hub, station, "fridge")
    rounds, engine = clock.Rounds(), hub.app.state.engine
    for known, later in ((sums_store.A_TICK, 0), (sums_store.A_TICK + 1, 5), (sums_store.A_TICK + 1, 10)):
        clock.tick(engine, "me", lambda _topic, _payload: None, False, hub.now + timedelta(seconds=later), rounds)
        with hub.session() as session:
            assert len(session.exec(select(InspectionSum)).all()) == known


def test_the_files_say_the_same(hub):
    low(hub, hub.station("fridge-1"), "fridge")
    boss = hub.browser("administrator")
    lines = boss.get("/summaries/export.csv?from=2026-06&to=2026-07").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[:2] for line in lines[1:]] == [["2026-06", "0"], ["2026-07", "1"]]
    assert boss.get("/summaries/export.xlsx").content[:2] == b"PK"


@pytest.mark.parametrize("query", ["from=2026-13", "from=x", "union=-1", "page=0", "from=1999-01", "union=1e3"])
def test_what_cannot_be_asked_is_refused(hub, query):
    assert hub.browser("administrator").get(f"/summaries?{query}").status_code == 422


def test_nothing_yet_is_said_and_who_may_not_see_it_does_not(hub):
    assert "这段时间没有提交的检查" in hub.browser("province").get("/summaries?from=2026-07&to=2026-01").text
    for role in ("inspector", "maintainer", "station_head", "third_party"):
        assert hub.browser(role).get("/summaries").status_code == 403
        assert hub.browser(name=role + "2", role=role).get("/summaries/export.csv").status_code == 403


def test_late_findings_are_counted(hub):
    low(hub, hub.station("fridge-1"), "fridge", "clean")
    hub.now += timedelta(days=4)
    boss = hub.browser("administrator")
    user = somebody(hub, "administrator")
    with hub.session() as session:
        found = summary(session, user, ALL, hub.now)
    assert (found.open_findings, found.late_findings) == (2, 1)
    assert boss.get("/summaries").status_code == 200
