"""Those who watch the same stations share one look; those who may not see the same never do."""

import pytest
from sqlalchemy import event

from hub.accounts.tables import StationGrant
from hub.streams import Pace
from hub.unions import store as unions
from hub.unions.trees import Level


@pytest.fixture
def watched(furnished, app):
    """Two districts with a station each; what is looked up holds for a minute."""
    app.state.pace = Pace(every_s=60, rounds=1)
    east, west = (unions.add(furnished.session, name, Level.DISTRICT) for name in ("东区总工会", "西区总工会"))
    furnished.session.commit()
    furnished.station("aaaaaaaaaa", "东站", union=east.id)
    furnished.station("bbbbbbbbbb", "西站", union=west.id)
    for name, union in (("东一", east), ("东二", east), ("西一", west)):
        furnished.user(name, "district", everywhere=False, union=union.id)
    furnished.user("省员", "province")
    return furnished


def live(browser, name, query=""):
    browser.client.cookies.clear()
    browser.sign_in(name)
    return browser.get(f"/stations/live{query}").text


def test_nobody_sees_by_another_ones_look(watched, stranger):
    for name, seen in (("省员", "东西"), ("东一", "东"), ("西一", "西"), ("东二", "东"), ("省员", "东西")):
        page = live(stranger, name)
        assert {one for one in "东西" if f"{one}站" in page} == set(seen), name
    assert "西站" in live(stranger, "西一", "?state=unknown")
    assert "西站" not in live(stranger, "西一", "?state=down")
    stranger.post("/language", {"language": "en", "onward": "/stations"})
    assert "Not observed" in stranger.get("/stations/live").text


def test_a_station_named_to_one_user_is_not_shown_to_the_others_of_the_union(watched, stranger):
    special = watched.user("东三", "district", everywhere=False, union=None)
    watched.add(StationGrant(user=special.id, station="bbbbbbbbbb"))
    assert "西站" in live(stranger, "东三")
    other = watched.user("东四", "district", everywhere=False, union=None)
    assert other.union == special.union
    assert "西站" not in live(stranger, "东四")


def test_the_second_who_watches_costs_no_look(watched, app, stranger):
    live(stranger, "东一")
    asked = []
    stranger.client.cookies.clear()
    stranger.sign_in("东二")
    event.listen(app.state.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    assert "东站" in stranger.get("/stations/live").text
    assert not any("facility_hour" in one or "FROM spell" in one for one in asked)
    assert len(asked) <= 4


def test_a_list_ranks_by_states_no_older_than_a_live_page(watched, app, stranger):
    stranger.sign_in("省员")
    stranger.get("/stations")
    app.state.pace = Pace(every_s=0, rounds=1)
    watched.spell("fridge-1", "down", watched.now, station="aaaaaaaaaa")
    watched.facility("fridge-1", station="aaaaaaaaaa")
    assert stranger.get("/api/stations?state=down").json()["total"] == 2
