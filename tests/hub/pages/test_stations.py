"""The list of stations and the page of one."""

from datetime import timedelta

from sqlalchemy import event
from sqlmodel import delete

from hub.stations.tables import Facility, Station
from hub.telemetry.tables import Heard


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


def province(hub, number=120):
    """So many stations: every tenth is down, every tenth was never heard of, the others work."""
    for n in range(number):
        id_ = f"s{n:09d}"
        hub.station(id_, f"第{n:03d}号驿站", address="湖滨路 7 号" if n == 77 else "中山路 1 号", code=f"10{n:05d}")
        hub.facility("fridge-1", station=id_)
        if n % 10 == 3:
            hub.spell("fridge-1", "down", hub.now - timedelta(hours=1), station=id_)
        elif n % 10 != 4:
            hub.minutes("fridge-1", days=0, station=id_)


def test_of_many_stations_the_worst_of_all_come_first_page_by_page(hub, maintainer):
    province(hub)
    hub.now = hub.now.replace(minute=30)
    listed = maintainer.get("/api/stations").json()
    assert (listed["total"], listed["page"], listed["size"], len(listed["stations"])) == (120, 1, 50, 50)
    assert listed["tally"] == {"down": 12, "degraded": 0, "unknown": 108, "ok": 0}
    assert [one["state"] for one in listed["stations"][:13]] == ["down"] * 12 + ["unknown"]
    assert [one["name"]["zh"] for one in listed["stations"][:2]] == ["第003号驿站", "第013号驿站"]
    seen = [one["id"] for page in (1, 2, 3) for one in maintainer.get(f"/api/stations?page={page}").json()["stations"]]
    assert len(seen) == len(set(seen)) == 120
    assert len(maintainer.get("/api/stations?size=200").json()["stations"]) == 120
    beyond = maintainer.get("/api/stations?page=99").json()
    assert (beyond["page"], len(beyond["stations"])) == (3, 20)
    for wrong in ("page=0", "size=201", "state=broken", "q=" + "x" * 101):
        assert maintainer.get(f"/api/stations?{wrong}").status_code == 422


def test_the_list_is_searched_and_filtered_and_its_links_keep_both(hub, maintainer):
    province(hub)
    page = maintainer.get("/stations?q=驿站+10000&state=down").text
    assert page.count('class="row is-down"') == 10
    assert 'value="驿站 10000"' in page
    assert '<input type="hidden" name="state" value="down">' in page
    everything = maintainer.get("/stations?page=2").text
    assert "第 51–100 个，共 120 个" in everything
    assert 'rel="prev" href="/stations"' in everything
    assert 'rel="next" href="/stations?page=3"' in everything
    assert 'data-live="/stations/live?page=2"' in everything
    down = maintainer.get("/stations?state=down").text
    assert 'href="/stations?state=down" aria-current="true"' in down
    assert "第013号驿站" in down
    assert "第000号驿站" not in down
    assert "第 077" not in maintainer.get("/stations?q=100%").text
    found = maintainer.get("/api/stations?q=湖滨路").json()
    assert [one["id"] for one in found["stations"]] == ["s000000077"]
    assert maintainer.get("/api/stations?q=s000000077").json()["total"] == 1
    assert "没有符合的站点" in maintainer.get("/stations?q=无此站").text
    live = maintainer.get("/stations/live?state=down&q=第013号").text
    assert "第013号驿站" in live
    assert "第003号驿站" not in live


def test_a_page_of_the_list_takes_as_many_statements_for_ten_stations_as_for_a_hundred(hub, app, maintainer):
    counted = []
    event.listen(app.state.engine, "before_cursor_execute", lambda *told: counted.append(told[2]))
    statements = []
    for number in (10, 120):
        hub.session.exec(delete(Facility))
        hub.session.exec(delete(Heard))
        hub.session.exec(delete(Station))
        hub.session.commit()
        province_without_minutes(hub, number)
        counted.clear()
        assert maintainer.get("/api/stations?size=200").json()["total"] == number
        statements.append(len(counted))
    assert statements[0] == statements[1] < 25


def province_without_minutes(hub, number):
    for n in range(number):
        hub.station(f"s{n:09d}", f"第{n:03d}号驿站")
        hub.facility("fridge-1", station=f"s{n:09d}")


def test_what_no_sensor_judges_does_not_make_a_station_unknown(furnished, maintainer):
    station = maintainer.get("/api/stations/k3v9x2m7qa").json()
    assert [one["id"] for one in station["facilities"]] == ["fridge-1", "microwave-1"]
    assert [one["id"] for one in station["by_hand"]] == ["tables-1"]
    assert "由人查看" in maintainer.get("/stations/k3v9x2m7qa").text


def test_what_a_person_filed_and_nothing_measures_is_left_to_people(furnished, maintainer):
    furnished.facility("air_conditioner-1", zh="空调", en="Air conditioner", source="register")
    furnished.spell("fridge-1", "ok", furnished.now)
    station = maintainer.get("/api/stations/k3v9x2m7qa").json()
    assert [one["id"] for one in station["by_hand"]] == ["air_conditioner-1", "tables-1"]
    found = {one["service"]: one["availability"] for one in station["services"]}
    assert (found["climate"], found["meals"]) == ("provided", "available")
    assert maintainer.get("/api/stations").json()["tally"]["unknown"] == 0


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


def test_what_the_outbox_gave_up_is_one_line_and_in_the_json(furnished, maintainer):
    place = "/stations/k3v9x2m7qa"
    assert "没有送达的记录" not in maintainer.get(place).text
    assert maintainer.get(f"/api{place}").json()["given_up"] is None
    then = furnished.now - timedelta(days=2)
    furnished.gap({"quarter": 96, "minute": 1200}, then, then + timedelta(hours=24))
    furnished.gap({"minute": 4, "unreadable": 0}, then, then + timedelta(hours=30))
    page = maintainer.get(place).text
    what = "刻钟数据 96 条、分钟状态 1204 条、存储损坏而读不出的记录 条数不详"
    assert page.count(f"没有送达的记录：{what}（7月13日 14:00 至 7月14日 20:00）。") == 1
    assert "分钟状态 1204 条" in maintainer.get(f"{place}/live").text
    told = maintainer.get(f"/api{place}").json()["given_up"]
    assert told["counts"] == {"quarter": 96, "minute": 1204, "unreadable": None}
    assert (told["oldest"], told["newest"]) == ("2026-07-13T06:00:00Z", "2026-07-14T12:00:00Z")
    maintainer.post("/language", {"language": "en", "onward": place})
    assert "quarter-hours: 96, minutes: 1204, records of a damaged disk: number unknown (13 Jul 14:00 to" in (
        maintainer.get(place).text
    )


def test_only_those_who_inspect_are_offered_to(furnished, maintainer, stranger):
    assert "开始检查" not in maintainer.get("/stations/k3v9x2m7qa").text
    furnished.user("李检", "inspector")
    stranger.client.cookies.clear()
    stranger.sign_in("李检")
    # Only who is assigned fills in a form: to the others none is offered.
    assert "开始检查" not in stranger.get("/stations/k3v9x2m7qa").text
    furnished.user("管理", "administrator")
    stranger.client.cookies.clear()
    stranger.sign_in("管理")
    assert 'action="/stations/k3v9x2m7qa/inspections"' in stranger.get("/stations/k3v9x2m7qa").text


def test_pages_refresh_by_themselves(furnished, maintainer):
    assert 'data-live="/stations/live"' in maintainer.get("/stations").text
    answer = maintainer.get("/stations/k3v9x2m7qa/live")
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = [line for line in answer.text.splitlines() if line.startswith("event: ")]
    assert events == ["event: now", "event: questions", "event: services", "event: facilities", "event: today"]
    assert "data: " in answer.text
    assert "箱内 13.4 ℃" in answer.text
    assert "event: stations" in maintainer.get("/stations/live").text
