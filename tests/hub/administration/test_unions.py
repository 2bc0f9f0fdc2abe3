"""The union trees on their pages: added to, renamed, moved whole, stations counted once."""

import pytest

from hub.accounts.roles import Role
from hub.administration.counted import below, totals
from hub.unions import store
from hub.unions.tables import Union
from hub.unions.trees import Level


@pytest.fixture
def tree(hub) -> dict[str, Union]:
    province = store.add(hub.session, "安徽省总工会", Level.PROVINCE)
    hefei, wuhu = (store.add(hub.session, name, Level.CITY, province.id) for name in ("合肥市总工会", "芜湖市总工会"))
    district = store.add(hub.session, "蜀山区总工会", Level.DISTRICT, hefei.id)
    courier = store.add(hub.session, "快递行业工会", Level.INDUSTRY)
    hub.session.commit()
    return {"province": province, "hefei": hefei, "wuhu": wuhu, "district": district, "courier": courier}


def test_stations_are_counted_once_with_those_below(hub, tree, administrator):
    hub.station(union=tree["district"].id, industry=tree["courier"].id)
    hub.station("a3v9x2m7qb", "淮河路", union=tree["hefei"].id)
    hub.station("b3v9x2m7qb", "工地")
    page = administrator.get("/unions").text
    assert "共 3 个站点；1 个同时挂在两棵树上，只计一次；1 个还没有归属。" in page
    paths = {one.id: one.path for one in tree.values()}
    counted = below(paths, [tree["district"].id, tree["hefei"].id, None])
    assert [counted[tree[name].id] for name in ("province", "hefei", "district", "wuhu")] == [2, 2, 1, 0]
    assert totals([]).stations == 0


def test_moving_takes_all_below_along_and_jurisdiction_follows(hub, tree, administrator, signed_in):
    hub.station(union=tree["district"].id)
    browser = signed_in(Role.CITY, "芜湖", everywhere=False, union=tree["wuhu"].id)
    assert "河边驿站" not in browser.get("/stations").text
    moved = administrator.post(f"/unions/{tree['district'].id}/move", {"parent": str(tree["wuhu"].id)}, page="/unions")
    assert moved.status_code == 303
    assert "河边驿站" in browser.get("/stations").text
    hub.session.expire_all()
    assert tree["district"].path == f"{tree['province'].id}/{tree['wuhu'].id}/{tree['district'].id}/"
    administrator.post(f"/unions/{tree['wuhu'].id}/move", {"parent": ""}, page="/unions")
    hub.session.expire_all()
    assert (tree["wuhu"].path, tree["wuhu"].parent) == (f"{tree['wuhu'].id}/", None)
    assert tree["district"].path == f"{tree['wuhu'].id}/{tree['district'].id}/"


def test_nothing_hangs_below_itself_or_in_the_other_tree(hub, tree, administrator):
    inner = store.add(hub.session, "分公司", Level.INDUSTRY, tree["courier"].id)
    hub.session.commit()
    for union, parent in (
        (tree["courier"], inner),
        (tree["courier"], tree["courier"]),
        (tree["hefei"], tree["courier"]),
    ):
        answer = administrator.post(f"/unions/{union.id}/move", {"parent": str(parent.id)}, page="/unions")
        assert answer.status_code == 422
        assert "不能挂" in answer.text
    hub.session.expire_all()
    assert inner.path == f"{tree['courier'].id}/{inner.id}/"
    gone = administrator.post(f"/unions/{tree['hefei'].id}/move", {"parent": "999"}, page="/unions")
    assert "没有这个上级工会" in gone.text


def test_a_union_is_added_below_another_and_renamed_with_its_stations(hub, tree, administrator):
    hub.station(union=tree["district"].id, union_name="蜀山区总工会")
    where = {"name": "包河区总工会", "level": "district", "parent": str(tree["hefei"].id)}
    assert administrator.post("/unions", where, page="/unions").headers["location"] == f"/unions/{tree['hefei'].id}"
    assert "包河区总工会" in administrator.get(f"/unions/{tree['hefei'].id}").text
    wrong = administrator.post("/unions", where | {"level": "province"}, page="/unions")
    assert (wrong.status_code, "不能挂在" in wrong.text) == (422, True)
    nameless = administrator.post("/unions", {"name": " ", "level": "city"}, page="/unions")
    assert (nameless.status_code, "名称为 1 至 120 个字" in nameless.text) == (422, True)
    address = f"/unions/{tree['district'].id}"
    assert administrator.post(address, {"name": ""}, page="/unions").status_code == 422
    administrator.post(address, {"name": "蜀山区新总工会", "name_en": "Shushan"}, page="/unions")
    assert "蜀山区新总工会" in administrator.get(address).text
    from hub.stations import store as stations

    hub.session.expire_all()
    station = stations.get(hub.session, "k3v9x2m7qa")
    assert station
    assert station.union_name == "蜀山区新总工会"
