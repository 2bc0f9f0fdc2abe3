"""The list of stations and the page of one."""

from datetime import timedelta


def test_without_stations_the_list_says_what_to_do(maintainer):
    assert "还没有站点" in maintainer.get("/stations").text


def test_the_list_counts_states_and_puts_the_worst_first(furnished, maintainer):
    furnished.station("aaaaaaaaaa", "安静驿站")
    furnished.facility("fridge-1", station="aaaaaaaaaa")
    furnished.minutes("fridge-1", station="aaaaaaaaaa")
    page = maintainer.get("/stations").text
    assert page.index("河边驿站") < page.index("安静驿站")
    assert "冰箱 不可用" in page
    assert "未关闭报警 1" in page
    assert "1 项设施全部正常" in page
    listed = maintainer.get("/api/stations").json()["stations"]
    assert [(one["id"], one["state"]) for one in listed] == [("k3v9x2m7qa", "down"), ("aaaaaaaaaa", "ok")]


def test_what_no_sensor_judges_does_not_make_a_station_unknown(furnished, maintainer):
    station = maintainer.get("/api/stations/k3v9x2m7qa").json()
    assert [one["id"] for one in station["facilities"]] == ["fridge-1", "microwave-1"]
    assert [one["id"] for one in station["by_hand"]] == ["tables-1"]
    assert "由人查看" in maintainer.get("/stations/k3v9x2m7qa").text


def test_a_station_page_says_state_reason_and_since_when(furnished, maintainer):
    page = maintainer.get("/stations/k3v9x2m7qa").text
    assert "不可用" in page
    assert "箱内 13.4 ℃，上限 8 ℃" in page
    assert "自 7月15日 08:00 起 · 已 6 小时" in page
    assert "最近消息 20 秒前" in page
    assert 'href="/alerts/1"' in page


def test_a_station_that_was_never_heard_says_so(hub, maintainer):
    hub.station(heard=False)
    hub.facility("fridge-1")
    page = maintainer.get("/stations/k3v9x2m7qa").text
    assert "从未收到消息" in page
    assert "未知" in page


def test_a_silent_station_is_unknown_not_down(furnished, maintainer):
    furnished.listening()
    furnished.last_heard(timedelta(minutes=2))
    assert maintainer.get("/api/stations/k3v9x2m7qa").json()["state"] == "down"
    furnished.last_heard(timedelta(minutes=25))
    assert maintainer.get("/api/stations/k3v9x2m7qa").json()["state"] == "unknown"
    assert "站点 25 分钟没有消息" in maintainer.get("/stations/k3v9x2m7qa").text


def test_footfall_and_check_ins_stand_beside_each_other(furnished, maintainer):
    furnished.counted(23, 21)
    for _ in range(7):
        furnished.check_in()
    furnished.check_in(retracted=True)
    furnished.check_in(burst=True)
    page = maintainer.get("/stations/k3v9x2m7qa").text
    assert "<dd>23</dd>" in page
    assert "<dd>7</dd>" in page
    assert "出站 21 人次" in page
    assert "存疑的刻钟" not in page
    assert "7 / 23 =&nbsp;30%" in page
    shown = page[page.index("今天的人") : page.index("今天的评价")]
    assert ">30<" not in shown, "never added"
    assert shown.count('class="footfall"') == shown.count('class="taps"') == 1
    assert "另有 1 次短时间连续签到" in page


def test_what_is_doubtful_is_marked_and_what_was_not_counted_is_no_zero(furnished, maintainer):
    furnished.counted(4, 3, "suspect", undirected=6, occupancy=2)
    furnished.check_in()
    page = maintainer.get("/stations/k3v9x2m7qa").text
    assert "存疑的刻钟：1 个" in page
    assert "另有 6 人次只有一道光束看到，分不清进出。" in page
    assert "最近一刻钟末站内约 2 人。" in page
    assert 'class="doubtful"' in page
    assert "存疑 1 刻钟" in page
    week = page[page.index("近七天的人") : page.index("今天按小时")]
    assert week.count("没有计数") == 6
    assert "方向不明 6 人次" in week
    assert "%</td>" not in week, "who came in is not known"


def test_without_an_entrance_there_are_only_check_ins(furnished, maintainer):
    furnished.check_in()
    page = maintainer.get("/stations/k3v9x2m7qa").text
    assert "<dd>1</dd>" in page
    assert "没有计数" in page
    assert 'class="bars"' not in page


def test_faces_are_counted_by_score(furnished, maintainer):
    for score in (4, 4, 1):
        furnished.feedback(score)
    page = maintainer.get("/stations/k3v9x2m7qa").text
    assert "<b>2</b><span>非常满意</span>" in page
    assert "<b>0</b><span>满意</span>" in page


def test_while_history_loads_the_page_says_so(hub, maintainer):
    hub.station(history_until=hub.now)
    assert "历史记录正在加载" in maintainer.get("/stations/k3v9x2m7qa").text
    assert maintainer.get("/api/stations/k3v9x2m7qa").json()["history_loading"]


def test_only_those_who_inspect_are_offered_to(furnished, maintainer, stranger):
    assert "开始检查" not in maintainer.get("/stations/k3v9x2m7qa").text
    furnished.user("李检", "inspector")
    stranger.client.cookies.clear()
    stranger.sign_in("李检")
    assert 'action="/stations/k3v9x2m7qa/inspections"' in stranger.get("/stations/k3v9x2m7qa").text


def test_pages_refresh_by_themselves(furnished, maintainer):
    assert 'data-live="/stations/live"' in maintainer.get("/stations").text
    answer = maintainer.get("/stations/k3v9x2m7qa/live")
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = [line for line in answer.text.splitlines() if line.startswith("event: ")]
    assert events == ["event: now", "event: questions", "event: facilities", "event: today"]
    assert "data: " in answer.text
    assert "箱内 13.4 ℃" in answer.text
    assert "event: stations" in maintainer.get("/stations/live").text
