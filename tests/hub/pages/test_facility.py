"""The page of one facility, its chart and its JSON."""

from datetime import timedelta

import pytest
from sqlmodel import select

from hub.health.tables import ProfileRow
from hub.stations.tables import UnitRow
from tests.hub.pages.conftest import NOW

UNIT = "/stations/k3v9x2m7qa/register/facilities/fridge-1"
PAGE = "/stations/k3v9x2m7qa/facilities/fridge-1"


def test_the_page_says_what_why_since_when_and_on_what_evidence(furnished, maintainer):
    page = maintainer.get(PAGE).text
    for said in (
        "不可用", "箱内 13.4 ℃，上限 8 ℃", "自 7月15日 08:00 起", "设备故障", "FR2 不制冷", "E2 · 间接证据",
        "食品温度上限", "传感器看不到",
    ):  # fmt: skip
        assert said in page


def test_the_minutes_of_a_window_add_up(furnished, maintainer):
    for window in maintainer.get(f"/api{PAGE}").json()["windows"]:
        parts = [window[name] for name in ("ok", "degraded", "down", "excluded", "unknown")]
        assert sum(parts) == window["service"]
        # 08:00 to 14:00 it was down; the station opens at nine.
        assert window["down"] == window["longest_down"] == 300
        assert window["down_events"] == 1
    assert [window["service"] for window in maintainer.get(f"/api{PAGE}").json()["windows"]] == [7 * 480, 30 * 480]


def test_a_window_does_not_begin_before_the_station_did(hub, maintainer):
    hub.station(commissioned_at=hub.now - timedelta(hours=3))
    hub.facility("fridge-1")
    windows = maintainer.get(f"/api{PAGE}").json()["windows"]
    assert [(window["service"], window["unknown"]) for window in windows] == [(180, 180), (180, 180)]


def test_what_nobody_said_is_unknown(hub, maintainer):
    hub.station()
    hub.facility("fridge-1")
    report = maintainer.get(f"/api{PAGE}").json()
    assert report["now"]["state"] == "unknown"
    assert report["windows"][0]["unknown"] == report["windows"][0]["service"]
    assert report["windows"][0]["availability"] is None


def test_spells_and_proofs_are_listed_newest_first(furnished, maintainer):
    before = furnished.now - timedelta(days=9)
    furnished.spell("fridge-1", "degraded", before, before + timedelta(hours=3), rule="FR1")
    report = maintainer.get(f"/api{PAGE}").json()
    assert [spell["rule"] for spell in report["spells"]] == ["FR2", "FR1"]
    page = maintainer.get(PAGE).text
    assert "FR1 偏热" in page
    assert "最近 30 天没有功能证明" in page
    assert "功率 1\u2009412.0 W" in maintainer.get("/stations/k3v9x2m7qa/facilities/microwave-1").text


def test_a_facility_without_measurements_says_so(furnished, maintainer):
    page = maintainer.get("/stations/k3v9x2m7qa/facilities/tables-1").text
    assert "没有可画的数据" in page
    assert "chart.svg" not in page


@pytest.mark.parametrize("size", ["wide=0", "wide=1", "wide=1&dark=1"])
def test_the_chart_is_an_image_that_runs_nothing(furnished, maintainer, size):
    furnished.quarters("fridge-1", "cabinet_temperature", lambda _: 5.0)
    answer = maintainer.get(f"{PAGE}/chart.svg?{size}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "max-age" in answer.headers["cache-control"]
    assert b"<svg" in answer.content
    assert b"<script" not in answer.content
    assert len(answer.content) < 200_000


def test_the_page_asks_for_the_chart_in_two_widths(furnished, maintainer):
    page = maintainer.get(PAGE).text
    assert f'srcset="{PAGE}/chart.svg?wide=1"' in page
    assert f'src="{PAGE}/chart.svg?wide=0"' in page
    assert 'media="print"' in page


def test_the_verdict_refreshes_by_itself(furnished, maintainer):
    assert "event: verdict" in maintainer.get(f"{PAGE}/live").text


def test_the_page_says_by_which_version_of_the_rule_and_what_the_grades_mean(furnished, maintainer):
    page = maintainer.get(PAGE).text
    assert "第 1 版" in page
    assert "此类设施要得最高分，观测期内需要 E2 级证据" in page
    for grade in ("无证据", "仅见通电或待机", "间接证据", "使用或自检证实了功能"):
        assert grade in page
    assert maintainer.get(f"/api{PAGE}").json()["now"]["rule_version"] == 1


def test_every_threshold_stands_there_with_its_source_those_that_decide_first(furnished, maintainer):
    furnished.profile()
    page = maintainer.get(PAGE).text
    deciding, others = page.split("现在的判断依据")[1].split("其余")
    assert "食品温度上限" in deciding
    for said in ("7 ℃", "默认 8 ℃", "health.md A2: GB 31654-2021"):
        assert said in deciding
    for said in ("60 min", "90 %", "默认 95 %", "变频", "默认 否"):
        assert said in others
    assert "共 4 项，3 项与默认不同" in page
    assert maintainer.get(f"/api{PAGE}").json()["profile"]["thresholds"][3]["value"] == 7.0


def test_what_was_learned_of_the_unit_stands_there_and_what_it_still_takes(furnished, maintainer):
    furnished.profile()
    page = maintainer.get(PAGE).text
    assert "从这台机器学到的基线，自 7月6日 14:00 起学习" in page
    assert "61.5 W" in page
    learning = page.split("通常停机")[1].split("</tr>")[0]
    assert "学习中" in learning
    assert "看到 6 次启停" in learning


def test_a_station_that_has_not_said_how_it_judges_is_not_spoken_for(furnished, maintainer):
    assert maintainer.get(f"/api{PAGE}").json()["profile"] is None
    assert "站点还没有报告它按哪些界限判断" in maintainer.get("/stations/k3v9x2m7qa/facilities/microwave-1").text


def test_another_unit_is_entered_with_who_and_when_once(furnished, maintainer):
    furnished.profile()
    assert f'href="{UNIT}"' in maintainer.get(PAGE).text
    for _ in range(2):
        answer = maintainer.post(f"{UNIT}/unit", {"model": "  BCD-215 ", "serial": "SN-2"}, UNIT)
        assert (answer.status_code, answer.headers["location"]) == (303, UNIT)
    page = maintainer.get(PAGE).text
    assert "BCD-215 SN-2" in page
    assert "自 7月15日 14:00 起，王芳 登记" in page
    assert "站点还没有得知换了机器" in page
    assert maintainer.get(f"/api{PAGE}").json()["unit"]["name"] == "BCD-215 SN-2"
    assert len(furnished.session.exec(select(UnitRow)).all()) == 1
    told = furnished.session.get_one(ProfileRow, ("k3v9x2m7qa", "fridge-1"))
    told.unit = "BCD-215 SN-2"
    furnished.add(told)
    assert "站点还没有得知换了机器" not in maintainer.get(PAGE).text


def test_a_unit_has_a_name_and_inspectors_do_not_enter_one(furnished, maintainer, stranger):
    assert maintainer.post(f"{UNIT}/unit", {"model": "   "}, UNIT).status_code == 422
    furnished.user("李检", "inspector")
    stranger.client.cookies.clear()
    stranger.sign_in("李检")
    assert "现在换了另一台机器" not in stranger.get(PAGE).text
    assert stranger.post(f"{UNIT}/unit", {"serial": "SN-2"}).status_code == 403
    assert furnished.session.exec(select(UnitRow)).all() == []


def test_an_unknown_facility_says_what_would_tell(furnished, maintainer):
    page = "/stations/k3v9x2m7qa/facilities/microwave-1"
    furnished.spell("microwave-1", "unknown", NOW - timedelta(hours=2), rule="MW5", cause="unknown", grade=0)
    assert "热一杯水（3 分钟测试）即可证实" in maintainer.get(page).text
    furnished.question("microwave-1")
    assert "请在场的人回答下面的问题" in maintainer.get(page).text
    assert "怎样才能知道" not in maintainer.get(PAGE).text


@pytest.mark.parametrize("days", [1, 7, 30])
def test_the_chart_reaches_back_a_day_a_week_or_a_month(furnished, maintainer, days):
    furnished.quarters("fridge-1", "cabinet_temperature", lambda _: 5.0, hours=days * 24)
    page = maintainer.get(f"{PAGE}?days={days}").text
    assert f"chart.svg?wide=1{'' if days == 1 else f'&amp;days={days}'}" in page
    answer = maintainer.get(f"{PAGE}/chart.svg?wide=1&days={days}")
    assert answer.status_code == 200
    assert len(answer.content) < 200_000
    assert maintainer.get(f"{PAGE}/chart.svg?days=2").status_code == 422
