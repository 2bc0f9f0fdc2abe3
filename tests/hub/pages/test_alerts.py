"""The list of alerts and the page of one."""

from sqlalchemy import text


def test_without_alerts_the_list_says_so(maintainer):
    assert "没有未关闭的报警" in maintainer.get("/alerts").text


def test_the_list_names_place_facility_cause_and_since(furnished, maintainer):
    page = maintainer.get("/alerts").text
    for said in ("冰箱 · 河边驿站", "箱内 13.4 ℃，上限 8 ℃", "设备故障", "自 7月15日 08:00 起", "紧急", "等待确认"):
        assert said in page


def test_the_loudest_comes_first_and_closed_ones_last(furnished, maintainer):
    furnished.alert("microwave-1", severity="normal", rule="MW4", why_zh="输入功率下降")
    furnished.alert("microwave-1", severity="safety", cause="user_action", rule="MW3", why_zh="过载")
    furnished.alert(
        cause="power_cut", closed_at=furnished.now, closed_why_zh="恢复正常", closed_why_en="It works again"
    )
    listed = maintainer.get("/api/alerts").json()
    assert [alert["severity"] for alert in listed["open"]] == ["safety", "high", "normal"]
    assert [alert["cause"] for alert in listed["closed"]] == ["power_cut"]
    assert "最近关闭" in maintainer.get("/alerts").text


def test_an_alert_says_everything_before_anyone_drives(furnished, maintainer):
    page = maintainer.get("/alerts/1").text
    for said in (
        "中山路 1 号", "开放时间 09:00–17:00", "箱内 13.4 ℃，上限 8 ℃", "自 7月15日 08:00 起", "FR2 不制冷", "箱内温度",
        "13.4 ℃", "食品温度上限", "8.0 ℃", "/alerts/1/chart.svg?wide=1", "由我处理", "只确认",
    ):  # fmt: skip
        assert said in page


def test_the_chart_of_an_alert_uses_the_evidence_of_its_spell(furnished, maintainer):
    with_trace = maintainer.get("/alerts/1/chart.svg?wide=1")
    assert with_trace.status_code == 200
    furnished.session.exec(text("UPDATE spell SET traces = '[]'"))
    furnished.session.commit()
    without = maintainer.get("/alerts/1/chart.svg?wide=1")
    assert with_trace.content != without.content


def test_acknowledging_names_who_and_happens_once(furnished, maintainer):
    answer = maintainer.post("/alerts/1/acknowledge", page="/alerts/1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/alerts/1")
    said = maintainer.get("/api/alerts/1").json()
    assert said["acknowledged_by"] == "王芳"
    again = maintainer.post("/alerts/1/acknowledge", page="/alerts")
    assert again.status_code == 303
    assert [event["what"] for event in maintainer.get("/api/alerts/1").json()["events"]] == ["acknowledged"]


def test_a_silent_station_is_an_alert_without_facility_or_chart(furnished, maintainer):
    furnished.alert(
        None, cause="network", rule="HUB-SILENCE", why_zh="站点 25 分钟没有消息", why_en="Silent for 25 min"
    )
    page = maintainer.get("/alerts/2").text
    assert "整个站点 · 河边驿站" in page
    assert "chart.svg" not in page
    assert maintainer.get("/alerts/2/chart.svg").status_code == 404


def test_a_closed_alert_says_what_cleared_it(furnished, maintainer):
    furnished.alert(
        cause="power_cut",
        closed_at=furnished.now,
        closed_why_zh="恢复正常（4.1 ℃）",
        closed_why_en="Works again (4.1 ℃)",
    )
    page = maintainer.get("/alerts/2").text
    assert "恢复正常（4.1 ℃）" in page
    assert "由我处理" not in page


def test_the_list_refreshes_by_itself(furnished, maintainer):
    assert "event: alerts" in maintainer.get("/alerts/live").text
