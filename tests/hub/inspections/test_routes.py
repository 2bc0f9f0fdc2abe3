"""The inspection form through the real application: a stranger first, then an inspector's way through it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hub.feedback import store as feedback
from hub.stations import store as stations
from shared.states import State
from tests.hub.inspections.forms import (
    FIVE,
    assign,
    begin,
    filled,
    line_of,
    lines,
    look_and_reveal,
    said,
    signed,
    submitted,
)

# who may


@pytest.mark.parametrize("path", ["/inspections", "/inspections/1", "/inspections/1/print"])
def test_a_stranger_is_led_to_the_sign_in(hub: Any, path: str) -> None:
    answer = hub.browser().get(path)
    assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/sign-in")


@pytest.mark.parametrize("path", ["/api/inspections", "/api/inspections/1", "/api/stations/k3v9x2m7qa/proposals"])
def test_the_api_tells_a_stranger_nothing(hub: Any, path: str) -> None:
    assert hub.browser().get(path).status_code == 401


def test_a_maintainer_reads_and_does_not_answer(hub: Any) -> None:
    station = hub.healthy("fridge-1")
    form = begin(hub.browser("inspector"), station)
    maintainer = hub.browser("maintainer")
    assert maintainer.get(form).status_code == 200
    assert maintainer.post(f"/stations/{station}/inspections").status_code == 403
    assert maintainer.post(f"{form}/items/clean/decide", points=5).status_code == 403
    assert maintainer.post(f"{form}/submit").status_code == 403


def test_a_form_without_its_token_changes_nothing(hub: Any) -> None:
    station = hub.healthy("fridge-1")
    inspector = hub.browser("inspector")
    form = begin(inspector, station)
    inspector.csrf = "another"
    assert inspector.post(f"{form}/items/clean/decide", points=5).status_code == 403
    assert said(inspector, form)["total"] == 0


def test_proposals_of_a_station_are_for_administrators_whoever_inspects_looks_first(hub: Any) -> None:
    station = hub.healthy("fridge-1")
    assert hub.browser("inspector").get(f"/api/stations/{station}/proposals").status_code == 403
    assert hub.browser("maintainer").get(f"/api/stations/{station}/proposals").status_code == 403
    proposals = hub.browser("administrator").get(f"/api/stations/{station}/proposals").json()
    assert (proposals["fridge"]["points"], proposals["microwave"]["rule"]) == (10, "R1")


@pytest.mark.parametrize("path", ["/inspections/7", "/api/inspections/7", f"/inspections/{2**70}", "/inspections/x"])
def test_an_inspection_that_does_not_exist_is_not_found(hub: Any, path: str) -> None:
    assert hub.browser("inspector").get(path).status_code == 404


# the form


def test_the_form_opens_with_its_head_and_fourteen_lines_in_the_annexs_order(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.healthy(*FIVE))
    page = inspector.get(form).text
    for value in ("淮河路驿站", "HP-0042", "黄浦区总工会"):
        assert value in page
    places = [page.index(f'<h3 id="t-{item.key}">{item.text.zh}') for item in lines()]
    assert places == sorted(places)
    assert said(inspector, form)["lines"][0]["proposal"] is None
    assert "系统建议" not in page.replace("再看系统建议", "")


def test_every_page_is_there_in_english_too(hub: Any) -> None:
    inspector = hub.browser("inspector")
    station = hub.healthy("fridge-1")
    form = begin(inspector, station)
    look_and_reveal(inspector, form, "fridge")
    inspector.post("/language", language="en")
    page = inspector.get(form).text
    assert "Provides a normally usable fridge" in page
    assert "High confidence" in page
    assert "Huaihe Road" in inspector.get("/inspections").text
    assert "Appendix: evidence" in inspector.get(f"{form}/print").text


def test_beginning_twice_opens_the_same_draft(hub: Any) -> None:
    station = hub.healthy("fridge-1")
    first, second = hub.browser("inspector", "wang"), hub.browser("inspector", "li")
    assert begin(first, station, "li") == begin(second, station) == begin(first, station)
    assert len(first.get("/api/inspections").json()) == 1


def test_a_healthy_fridge_is_proposed_ten_with_minutes_that_add_up(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.healthy("fridge-1"))
    proposal = look_and_reveal(inspector, form, "fridge")
    assert (proposal["points"], proposal["rule"], proposal["confidence"]) == (10, "R11", "high")
    evidence = proposal["facilities"][0]["evidence"]
    minutes = evidence["minutes"]
    assert minutes["service"] == sum(minutes[state] for state in ("ok", "degraded", "down", "unknown", "excluded"))
    assert minutes["service"] == 30 * 480
    assert evidence["window"] == {"start": "2026-06-20T06:30:00Z", "end": "2026-07-20T06:30:00Z"}
    page = inspector.get(form).text
    assert '<rect class="ok" x="0" y="0" width="14400"' in page
    assert "/facilities/fridge-1/chart.svg" in page
    assert evidence["proofs"][0]["rule"] == "P1"


def test_a_fridge_that_is_warm_now_is_proposed_two_with_its_symptom(hub: Any) -> None:
    inspector = hub.browser("inspector")
    station = hub.healthy("fridge-1")
    hub.spell(station, "fridge-1", State.DOWN, hub.now - timedelta(hours=5))
    form = begin(inspector, station)
    proposal = look_and_reveal(inspector, form, "fridge", "no")
    assert (proposal["points"], proposal["rule"]) == (2, "R2")
    assert "warm: 13.4 ℃" in proposal["why"]["en"]
    assert "箱内 13.4℃" in inspector.get(form).text


def test_a_stuck_probe_gives_no_proposal_and_never_ten(hub: Any) -> None:
    inspector = hub.browser("inspector")
    station = hub.healthy("fridge-1")
    since = hub.now - timedelta(hours=3)
    hub.spell(station, "fridge-1", State.UNKNOWN, since, rule="SV3", cause="sensor_fault")
    proposal = look_and_reveal(inspector, begin(inspector, station), "fridge")
    assert (proposal["points"], proposal["rule"]) == (None, "R5")


def test_an_unused_microwave_gives_no_proposal_and_asks_for_the_test(hub: Any) -> None:
    inspector = hub.browser("inspector")
    station = hub.station("microwave-1")
    hub.month(station, "microwave-1")
    proposal = look_and_reveal(inspector, begin(inspector, station), "microwave", "not_tested")
    assert (proposal["points"], proposal["rule"]) == (None, "R7")
    assert "3 分钟测试" in proposal["why"]["zh"]


def test_an_air_conditioner_that_only_heated_proves_nothing_in_july(hub: Any) -> None:
    inspector = hub.browser("inspector")
    station = hub.station("air_conditioner-1")
    hub.month(station, "air_conditioner-1")
    hub.proof(station, "air_conditioner-1", "AC2", mode="heating")
    form = begin(inspector, station)
    assert look_and_reveal(inspector, form, "air_conditioner")["rule"] == "R7"


def test_a_station_without_telemetry_gets_the_same_form_empty_and_honest(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.station())
    assert "没有监测数据" in inspector.get(form).text
    for key in ("air_conditioner", "fridge", "microwave", "drinking_water", "outlets"):
        proposal = look_and_reveal(inspector, form, key)
        assert (proposal["points"], proposal["rule"], proposal["facilities"]) == (None, "R1", [])
        assert "没有接入传感器" in proposal["why"]["zh"]
        assert inspector.post(f"{form}/items/{key}/decide", points=10).status_code == 303
    assert said(inspector, form)["total"] == 50


def test_a_facility_without_a_deciding_sensor_says_so(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.station("fridge-1", unwired=True))
    assert look_and_reveal(inspector, form, "fridge")["rule"] == "R1"


def test_while_history_loads_no_proposal_is_made(hub: Any) -> None:
    inspector = hub.browser("inspector")
    station = hub.healthy("fridge-1")
    with hub.session() as session:
        stations.mark_history(session, station, hub.now)
        session.commit()
    proposal = look_and_reveal(inspector, begin(inspector, station), "fridge")
    assert (proposal["points"], proposal["rule"]) == (None, "loading")


def test_of_two_fridges_the_better_counts_and_both_are_listed(hub: Any) -> None:
    inspector = hub.browser("inspector")
    station = hub.healthy("fridge-1", "fridge-2")
    hub.spell(station, "fridge-1", State.DOWN, hub.now - timedelta(days=9))
    form = begin(inspector, station)
    proposal = look_and_reveal(inspector, form, "fridge")
    assert proposal["points"] == 10
    assert [(one["facility"], one["points"]) for one in proposal["facilities"]] == [("fridge-1", 2), ("fridge-2", 10)]
    assert "2 台" in inspector.get(form).text


def test_what_a_person_said_is_not_provided_gets_two(hub: Any) -> None:
    inspector = hub.browser("inspector")
    station = hub.healthy("fridge-1")
    said_at = hub.now - timedelta(days=3)
    row = {
        "id": "s1", "station": station, "at": said_at, "question": "provided", "facility": "fridge-1", "answer": "no",
        "by": "head", "received_at": said_at, "undated": False,
    }  # fmt: skip
    with hub.session() as session:
        feedback.put_statements(session, [row | {"retracted": False}])
        session.commit()
    proposal = look_and_reveal(inspector, begin(inspector, station), "fridge", "no")
    assert (proposal["points"], proposal["rule"]) == (2, "R0")


def test_an_anhui_station_without_an_adopted_rubric_has_no_form(hub: Any) -> None:
    inspector = hub.browser("inspector")
    station = hub.station(rulebook="anhui_2024")
    answer = inspector.post(f"/stations/{station}/inspections")
    assert answer.status_code == 409
    assert "没有考评表" in answer.text


def test_an_adopted_rubric_says_so_on_the_form(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.station(rulebook="anhui_2024", rubric="shanghai_2018"))
    assert (said(inspector, form)["rulebook"], said(inspector, form)["rubric"]) == ("anhui_2024", "shanghai_2018")
    assert "采用其他地区的考评表" in inspector.get(form).text


def test_no_form_by_a_rulebook_that_is_not_in_force_yet(hub: Any) -> None:
    hub.now = datetime(2024, 2, 10, 15, 59, tzinfo=UTC)
    station = hub.station(rulebook="anhui_2024", rubric="shanghai_2018")
    inspector = hub.browser("inspector")
    assign(hub, station, "inspector")
    answer = inspector.post(f"/stations/{station}/inspections")
    assert answer.status_code == 409
    assert "2024-02-11" in answer.text
    hub.now += timedelta(minutes=1)
    assert inspector.post(f"/stations/{station}/inspections").status_code == 303


@pytest.mark.parametrize(
    ("facility", "key"),
    [
        ("air_conditioner-1", "air_conditioner"),
        ("fridge-1", "fridge"),
        ("microwave-1", "microwave"),
        ("drinking_water-1", "drinking_water"),
        ("outlets-1", "outlets"),
    ],
)
def test_each_of_the_five_lines_with_telemetry_is_proposed_ten_after_a_good_month(
    hub: Any, facility: str, key: str
) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.healthy(facility))
    assert look_and_reveal(inspector, form, key)["points"] == 10


@pytest.mark.parametrize("key", ["tables", "staff_check_in", "area"])
def test_lines_by_hand_have_no_proposal_and_are_decided_at_once(hub: Any, key: str) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.healthy("fridge-1"))
    assert inspector.post(f"{form}/items/{key}/reveal").status_code == 409
    lowest = line_of(inspector, form, key)["allowed"][2]
    assert inspector.post(f"{form}/items/{key}/decide", points=lowest).status_code == 303
    assert line_of(inspector, form, key)["points"] == lowest


# look before reveal, sealed, decided by a person


def test_nothing_is_revealed_before_the_own_look(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.healthy("fridge-1"))
    answer = inspector.post(f"{form}/items/fridge/reveal")
    assert answer.status_code == 409
    assert "请先自己查看" in answer.text
    assert inspector.post(f"{form}/items/fridge/decide", points=10).status_code == 409
    assert line_of(inspector, form, "fridge")["proposal"] is None
    assert "R11" not in inspector.get(form).text


def test_the_own_look_cannot_change_after_the_proposal_was_shown(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.healthy("fridge-1"))
    look_and_reveal(inspector, form, "fridge", "partly")
    assert inspector.post(f"{form}/items/fridge/look", look="works").status_code == 409
    assert line_of(inspector, form, "fridge")["look"] == "partly"


def test_a_sealed_proposal_never_changes_when_later_data_arrives(hub: Any) -> None:
    inspector = hub.browser("inspector")
    station = hub.healthy("fridge-1")
    form = begin(inspector, station)
    sealed = look_and_reveal(inspector, form, "fridge")
    seal = line_of(inspector, form, "fridge")["seal"]
    hub.spell(station, "fridge-1", State.DOWN, hub.now - timedelta(days=20))
    hub.now += timedelta(hours=1)
    assert inspector.post(f"{form}/items/fridge/reveal").status_code == 303
    assert line_of(inspector, form, "fridge")["proposal"] == sealed
    assert line_of(inspector, form, "fridge")["seal"] == seal
    fresh = hub.browser("administrator").get(f"/api/stations/{station}/proposals").json()["fridge"]
    assert fresh["points"] == 2


def test_confirming_and_overriding_cost_one_request_each(hub: Any) -> None:
    inspector = hub.browser("inspector", "wang")
    form = begin(inspector, hub.healthy("fridge-1", "microwave-1"))
    look_and_reveal(inspector, form, "fridge")
    look_and_reveal(inspector, form, "microwave")
    assert inspector.post(f"{form}/items/fridge/decide", points=10, reason="seen_on_site").status_code == 303
    assert inspector.post(f"{form}/items/microwave/decide", points=6, reason="seen_on_site").status_code == 303
    fridge, microwave = line_of(inspector, form, "fridge"), line_of(inspector, form, "microwave")
    assert (fridge["points"], fridge["overridden"], fridge["reason"], fridge["decided_by"]) == (10, False, None, "wang")
    assert (microwave["points"], microwave["overridden"], microwave["reason"]) == (6, True, "seen_on_site")
    assert "与建议（10 分）不同：现场所见不同" in inspector.get(form).text


def test_an_override_without_its_reason_is_refused_at_its_line(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.healthy("fridge-1"))
    look_and_reveal(inspector, form, "fridge")
    answer = inspector.post(f"{form}/items/fridge/decide", points=2)
    assert answer.status_code == 422
    assert "与建议不同，请选择理由" in answer.text
    assert inspector.post(f"{form}/items/fridge/decide", points=2, reason="other").status_code == 422
    assert inspector.post(f"{form}/items/fridge/decide", points=2, reason="other", note="没有门").status_code == 303


def test_the_trail_says_who_changed_what_from_what_to_what(hub: Any) -> None:
    wang, li = hub.browser("inspector", "wang"), hub.browser("inspector", "li")
    form = begin(wang, hub.healthy("fridge-1"), "li")
    look_and_reveal(wang, form, "fridge")
    wang.post(f"{form}/items/fridge/decide", points=10)
    li.post(f"{form}/items/fridge/decide", points=6, reason="sensor_wrong", note="探头掉了")
    trail = [(step["who"], step["what"], step["key"], step["old"], step["new"]) for step in said(wang, form)["trail"]]
    assert trail == [
        ("wang", "start", None, None, "shanghai_2018"),
        ("wang", "look", "fridge", None, "works"),
        ("wang", "reveal", "fridge", None, f"10 R11 {line_of(wang, form, 'fridge')['seal'][:12]}"),
        ("wang", "decide", "fridge", None, "10"),
        ("li", "decide", "fridge", "10", "6"),
    ]
    assert said(wang, form)["trail"][-1]["reason"] == "sensor_wrong 探头掉了"


def test_the_same_answer_twice_is_one(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.healthy("fridge-1"))
    for _ in range(2):
        inspector.post(f"{form}/items/clean/decide", points=5, version=0)
    assert [step["what"] for step in said(inspector, form)["trail"]] == ["start", "decide"]


def test_an_older_page_does_not_overwrite_what_a_colleague_decided(hub: Any) -> None:
    wang, li = hub.browser("inspector", "wang"), hub.browser("inspector", "li")
    form = begin(wang, hub.healthy("fridge-1"), "li")
    assert wang.post(f"{form}/items/clean/decide", points=5, version=0).status_code == 303
    answer = li.post(f"{form}/items/clean/decide", points=1, version=0)
    assert answer.status_code == 409
    assert "刚被别人修改" in answer.text
    assert line_of(wang, form, "clean")["points"] == 5


# values and total


@pytest.mark.parametrize("value", ["7", "0", "-10", "10.0", "ten", "5"])
def test_a_value_that_is_not_in_the_rubric_is_refused_by_name(hub: Any, value: str) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.healthy("fridge-1"))
    look_and_reveal(inspector, form, "fridge")
    answer = inspector.post(f"{form}/items/fridge/decide", points=value, reason="seen_on_site")
    assert answer.status_code == 422
    for part in ("提供能够正常使用的冰箱", "fridge", value, "10、6、2"):
        assert part in answer.text
    assert line_of(inspector, form, "fridge")["points"] is None


def test_a_line_the_form_does_not_have_is_not_found(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.healthy("fridge-1"))
    assert inspector.post(f"{form}/items/sofa/decide", points=10).status_code == 404
    assert inspector.post(f"{form}/items/fridge/look", look="splendid").status_code == 422


@pytest.mark.parametrize(("choice", "total"), [(0, 100), (1, 60), (2, 20)])
def test_a_complete_form_has_an_even_total_and_is_final_once_submitted(hub: Any, choice: int, total: int) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.station("fridge-1"))
    assert inspector.post(f"{form}/submit").status_code == 409
    filled(inspector, form, choice)
    assert inspector.post(f"{form}/submit").status_code == 409
    signed(inspector, form)
    assert inspector.post(f"{form}/submit").status_code == 303
    final = said(inspector, form)
    assert (final["total"], final["complete"], final["submitted_by"]) == (total, True, "inspector")
    assert inspector.post(f"{form}/items/clean/decide", points=5).status_code == 409
    assert inspector.post(f"{form}/items/fridge/look", look="no").status_code == 409
    assert inspector.post(f"{form}/submit").status_code == 409
    assert inspector.get("/api/inspections").json()[0]["total"] == total
    assert said(inspector, form) == final


def test_after_a_submitted_form_the_next_looks_back_to_it(hub: Any) -> None:
    inspector = hub.browser("inspector")
    station = hub.healthy("fridge-1")
    first = begin(inspector, station)
    submitted(inspector, first)
    hub.now += timedelta(days=10)
    hub.month(station, "fridge-1", days=11)
    inspector = hub.browser("inspector", "the next one")
    second = begin(inspector, station)
    assert second != first
    window = look_and_reveal(inspector, second, "fridge")["facilities"][0]["evidence"]["window"]
    assert window["start"] == "2026-07-20T06:31:00Z"


def test_the_print_page_is_the_annex_in_its_order_with_the_evidence_after_it(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.healthy("fridge-1"))
    look_and_reveal(inspector, form, "fridge")
    inspector.post(f"{form}/items/fridge/decide", points=6, reason="repaired")
    page = inspector.get(f"{form}/print").text
    parts = ["户外职工爱心接力站抽查考评表", "站点名称", "站点编号", "所属工会", "考核项目", "具体项目内容", "评价"]
    parts += [item.text.zh for item in lines()] + ["总分", "附：依据"]
    at = -1
    for part in parts:
        at = page.index(part, at + 1)
    assert "☐ 10分</span><span>☑ 6分</span><span>☐ 2分" in page
    assert page.count("☑") == 1


def test_pages_carry_no_script_and_no_style_of_their_own(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.healthy(*FIVE))
    for item in lines()[:5]:
        look_and_reveal(inspector, form, item.key)
    for path in (form, f"{form}/print", "/inspections"):
        page = inspector.get(path).text
        assert "style=" not in page
        assert page.count("<script") == page.count('<script src="/static/')


def test_html_in_a_note_stays_text(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.station())
    inspector.post(f"{form}/items/clean/decide", points=1, note="<script>alert(1)</script>")
    assert "<script>alert" not in inspector.get(form).text
    assert json.dumps(said(inspector, form)).count("<script>alert(1)</script>") == 2
