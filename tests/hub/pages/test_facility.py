"""The page of one facility, its chart and its JSON."""

from datetime import timedelta

import pytest

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
