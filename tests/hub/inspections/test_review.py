"""The second look, corrections, and versions that stay."""

from typing import Any

from hub.inspections.tables import InspectionVersion
from hub.trail import store as trail
from hub.trail.tables import TrailRow
from tests.hub.inspections.forms import begin, filled, line_of, rows, said, signed, submitted, with_photo

PNG = "data:image/png;base64,"


def closed(hub: Any) -> tuple[Any, Any, str]:
    """An inspector and a reviewer, and a form the one submitted."""
    wang, reviewer = hub.browser("inspector", "wang"), hub.browser("district", "复核人")
    form = begin(wang, hub.healthy("fridge-1"))
    submitted(wang, form)
    return wang, reviewer, form


def test_another_person_confirms_and_never_who_filled_it_in(hub: Any) -> None:
    wang, reviewer, form = closed(hub)
    answer = wang.post(f"{form}/review", verdict="confirmed")
    assert answer.status_code == 403
    assert "须由他人复核" in answer.text
    assert "请您复核" in reviewer.get("/inspections").text
    assert "请您复核" not in wang.get("/inspections").text
    assert reviewer.post(f"{form}/review", verdict="confirmed").status_code == 303
    state = said(wang, form)
    assert (state["confirmed_by"], state["submitted_by"], state["version"]) == ("复核人", "wang", 1)
    assert reviewer.post(f"{form}/review", verdict="returned", reason="晚了").status_code == 409
    assert "复核人" in wang.get(form).text


def test_an_administrator_who_entered_one_line_does_not_review_either(hub: Any) -> None:
    wang, root = hub.browser("inspector", "wang"), hub.browser("administrator", "root")
    form = begin(wang, hub.station())
    root.post(f"{form}/items/clean/decide", points=5)
    submitted(wang, form)
    assert root.post(f"{form}/review", verdict="confirmed").status_code == 403


def test_other_roles_do_not_review(hub: Any) -> None:
    _, _, form = closed(hub)
    for role in ("maintainer", "station_head", "auditor", "third_party"):
        assert hub.browser(role).post(f"{form}/review", verdict="confirmed").status_code in (403, 404)


def test_what_is_sent_back_with_reasons_is_put_right_and_submitted_again(hub: Any) -> None:
    wang, reviewer, form = closed(hub)
    sealed = line_of(wang, form, "fridge")["seal"]
    answer = reviewer.post(f"{form}/review", verdict="returned", reason="  ")
    assert answer.status_code == 422
    assert "请写明原因" in answer.text
    assert reviewer.post(f"{form}/review", verdict="returned", reason="清洁与照片不符").status_code == 303
    assert said(wang, form)["submitted_at"] is None
    assert "改正后提交" in wang.get("/inspections").text
    assert "清洁与照片不符" in wang.get(f"{form}/versions").text
    assert reviewer.post(f"{form}/items/clean/decide", points=3).status_code == 403
    assert wang.post(f"{form}/items/clean/decide", points=3).status_code == 303
    assert wang.post(f"{form}/submit").status_code == 303
    state = said(wang, form)
    assert (state["version"], state["total"], line_of(wang, form, "fridge")["seal"]) == (2, 98, sealed)
    assert [row.content["total"] for row in rows(hub, InspectionVersion)] == [100, 98]
    page = wang.get(f"{form}/versions").text
    assert page.count("原为 5") == 1
    assert reviewer.post(f"{form}/review", verdict="confirmed").status_code == 303


def test_a_form_that_was_sent_back_does_not_stop_the_next_from_beginning(hub: Any) -> None:
    root, reviewer = hub.browser("administrator"), hub.browser("district")
    station = hub.station()
    form = begin(root, station)
    submitted(root, form)
    second = begin(root, station)
    assert second != form
    assert reviewer.post(f"{form}/review", verdict="returned", reason="再看").status_code == 303
    assert root.get(form).status_code == root.get(second).status_code == 200


def test_a_correction_is_a_new_version_with_its_reason_and_needs_its_second_look_again(hub: Any) -> None:
    wang, reviewer, form = closed(hub)
    reviewer.post(f"{form}/review", verdict="confirmed")
    address = f"{form}/items/clean/correct"
    assert reviewer.post(address, points=3).status_code == 422
    assert reviewer.post(address, points=4, why="看错").status_code == 422
    assert reviewer.post(address, points=5, why="看错").status_code == 409
    assert hub.browser("maintainer").post(address, points=3, why="看错").status_code == 403
    assert reviewer.post(address, points=3, why="照片上看得出来").status_code == 303
    state = said(wang, form)
    assert (state["version"], state["total"], state["confirmed_at"]) == (2, 98, None)
    assert (line_of(wang, form, "clean")["points"], line_of(wang, form, "clean")["decided_by"]) == (3, "复核人")
    old, new = rows(hub, InspectionVersion)
    assert (old.content["lines"]["clean"]["points"], new.content["lines"]["clean"]["points"]) == (5, 3)
    assert (old.why, new.why) == ("", "照片上看得出来")
    assert "照片上看得出来" in wang.get(f"{form}/versions").text
    assert reviewer.post(f"{form}/review", verdict="confirmed").status_code == 403
    assert hub.browser("city", "市里").post(f"{form}/review", verdict="confirmed").status_code == 303


def test_a_correction_to_the_lowest_points_needs_photo_and_note(hub: Any) -> None:
    wang, _, form = closed(hub)
    address = f"{form}/items/clean/correct"
    answer = wang.post(address, points=1, why="看错", note="很脏")
    assert answer.status_code == 409
    assert "需要照片和备注" in answer.text
    assert line_of(wang, form, "clean")["points"] == 5


def test_a_draft_is_not_corrected_and_not_reviewed(hub: Any) -> None:
    wang = hub.browser("inspector", "wang")
    form = begin(wang, hub.station())
    assert wang.post(f"{form}/items/clean/correct", points=3, why="x").status_code == 409
    assert hub.browser("district").post(f"{form}/review", verdict="confirmed").status_code == 409


def test_submitting_twice_is_once(hub: Any) -> None:
    wang, _, form = closed(hub)
    assert wang.post(f"{form}/submit").status_code == 409
    assert len(rows(hub, InspectionVersion)) == 1
    assert [step["what"] for step in said(wang, form)["trail"]].count("submit") == 1


def test_the_hubs_trail_has_every_step_and_is_whole(hub: Any) -> None:
    _, reviewer, form = closed(hub)
    reviewer.post(f"{form}/review", verdict="confirmed")
    steps = [(row.who, row.role, row.what) for row in rows(hub, TrailRow)]
    for step in ("assign", "start", "look", "reveal", "decide", "sign", "submit", "confirm"):
        assert any(what == f"inspection.{step}" for _, _, what in steps), step
    assert steps[-1] == ("复核人", "district", "inspection.confirm")
    with hub.session() as session:
        assert trail.verify(session) is None


# signatures and the head's remark


def test_without_signatures_it_is_not_submitted_and_says_whose_are_missing(hub: Any) -> None:
    wang = hub.browser("inspector", "wang")
    form = begin(wang, hub.station())
    filled(wang, form)
    answer = wang.post(f"{form}/submit")
    assert answer.status_code == 409
    assert "检查人；站长" in answer.text
    assert wang.post(f"{form}/sign", signer="inspector", name=" 王检查 ").status_code == 303
    assert "检查人；站长" not in wang.post(f"{form}/submit").text
    assert wang.post(f"{form}/refuse-to-sign", name="李站长", reason=" ").status_code == 422
    assert wang.post(f"{form}/refuse-to-sign", name="李站长", reason="不同意清洁项").status_code == 303
    assert wang.post(f"{form}/submit").status_code == 303
    assert "未签：不同意清洁项" in wang.get(form).text
    assert wang.post(f"{form}/sign", signer="head", name="李站长").status_code == 409


def test_a_signature_that_is_none_is_refused(hub: Any) -> None:
    wang = hub.browser("inspector", "wang")
    form = begin(wang, hub.station())
    head = {"signer": "head", "name": "x"}
    drawings = ["data:image/svg+xml;base64,PHN2Zz4=", PNG + "@@@", PNG + "aGVsbG8=", PNG + "A" * 300_000]
    bad = [{"drawing": one} for one in drawings]
    for change in [{"name": "  "}, {"signer": "mayor"}, {"name": "x" * 61}, *bad]:
        assert wang.post(f"{form}/sign", **head | change).status_code == 422, change
    assert [step["what"] for step in said(wang, form)["trail"]] == ["start"]


def test_the_heads_remark_is_kept_with_what_it_was_before(hub: Any) -> None:
    wang = hub.browser("inspector", "wang")
    form = begin(wang, hub.station())
    wang.post(f"{form}/remark", remark="空调下周修")
    wang.post(f"{form}/remark", remark="空调下周修")
    wang.post(f"{form}/remark", remark="<b>已修</b>")
    steps = [(one["old"], one["new"]) for one in said(wang, form)["trail"] if one["what"] == "remark"]
    assert steps == [(None, "空调下周修"), ("空调下周修", "<b>已修</b>")]
    assert "<b>已修" not in wang.get(form).text
    signed(wang, form)
    with_photo(wang, form, "clean")
    assert said(wang, form)["remark"] == "<b>已修</b>"
