"""Findings from the lowest points to the last signature, as people send the forms."""

from datetime import timedelta

import pytest
from sqlmodel import select

from hub.accounts import store as accounts
from hub.accounts.tables import StationGrant
from hub.findings.after_submit import make_findings
from hub.findings.tables import Finding, FindingStep
from hub.inspections.tables import Inspection, InspectionItem
from hub.photos.tables import Photo
from hub.trail.append_only import AppendOnly
from hub.trail.store import verify
from hub.trail.tables import TrailRow
from shared.states import State
from tests.hub.inspected import low, somebody
from tests.hub.inspections.conftest import Client, Hub
from tests.hub.inspections.forms import begin, look_and_reveal, submitted
from tests.photos import jpeg


def made(hub: Hub) -> list[Finding]:
    with hub.session() as session:
        return list(session.exec(select(Finding).order_by(Finding.id)))  # type: ignore[arg-type]


def send(client: Client, path: str, photo: bytes | None = None, **fields: object):
    data = {"csrf": client.csrf} | {name: str(value) for name, value in fields.items()}
    files = None if photo is None else {"photo": ("p.jpg", photo, "image/jpeg")}
    return client.http.post(path, data=data, files=files, follow_redirects=False)


def fixed(hub: Hub, *facilities: str) -> str:
    """A fridge found broken and reported fixed by the maintainer. The station."""
    station = hub.station(*facilities or ("fridge-1",))
    low(hub, station, "fridge")
    assert send(hub.browser("maintainer"), "/findings/1/fix", note="换了温控器").status_code == 303
    return station


def test_the_lowest_points_become_findings(hub):
    station = hub.station("fridge-1", "microwave-1")
    low(hub, station, "fridge", "clean", note="不制冷")
    fridge, clean = made(hub)
    assert (fridge.item, fridge.facility, fridge.severity, fridge.owner) == ("fridge", "fridge-1", "high", "maintainer")
    assert (clean.item, clean.facility, clean.severity, clean.owner) == ("clean", None, "normal", "station_head")
    assert (fridge.text, fridge.due_at - fridge.made_at) == ("不制冷", timedelta(days=3))


def test_a_note_that_was_ticked_becomes_a_finding_on_submission(hub):
    station = hub.station("fridge-1")
    inspector = hub.browser("inspector")
    form = begin(inspector, station)

    def tick(key: str, wanted: bool = True) -> int:
        return send(inspector, f"{form}/items/{key}/finding", wanted=str(wanted).lower()).status_code

    assert tick("clean") == 422, "no points, no note"
    look_and_reveal(inspector, form, "fridge")
    for key, points in (("fridge", 6), ("clean", 3)):
        told = {"points": points, "note": "柜门封条松了", "reason": "seen_on_site"}
        assert inspector.post(f"{form}/items/{key}/decide", **told).status_code == 303
    assert "备注作为整改项" in inspector.get(form).text
    assert [tick("fridge"), tick("fridge"), tick("clean"), tick("clean", False), tick("nonsense")] == [303] * 4 + [404]
    assert inspector.get(form).text.count('aria-checked="true"') == 1
    assert made(hub) == []
    submitted(inspector, form)
    (finding,) = made(hub)
    assert (finding.item, finding.text, finding.severity, finding.owner) == (
        "fridge", "柜门封条松了", "normal", "maintainer",
    )  # fmt: skip
    assert tick("clean") == 409, "it is submitted"
    assert send(hub.browser("auditor"), f"{form}/items/clean/finding", wanted="true").status_code == 403


def test_the_same_found_again_is_one_finding(hub):
    station = hub.station("fridge-1")
    first, second = low(hub, station, "fridge"), low(hub, station, "fridge")
    (finding,) = made(hub)
    assert (first, finding.inspection) == (1, second)
    assert "再次检查发现" in hub.browser("inspector").get("/findings/1").text


def test_the_way_from_open_to_closed(hub):
    station = fixed(hub)
    inspector = hub.browser("inspector")
    assert send(inspector, "/findings/1/verify", note="制冷正常").status_code == 303
    assert send(inspector, "/findings/1/close").status_code == 303
    said = inspector.get("/api/findings/1").json()
    assert (said["stage"], said["fixed_by"], said["verified_by"]) == ("closed", "maintainer", "inspector")
    assert [step["what"] for step in said["steps"]] == ["made", "fix", "verify", "close"]
    with hub.session() as session:
        assert [row.what for row in session.exec(select(TrailRow)) if row.station == station] == [
            "finding.make", "finding.fix", "finding.verify", "finding.close",
        ]  # fmt: skip
        assert verify(session) is None


def test_a_facility_still_down_blocks_closing(hub):
    station = fixed(hub)
    hub.spell(station, "fridge-1", State.DOWN, hub.now - timedelta(days=2))
    inspector = hub.browser("inspector")
    send(inspector, "/findings/1/verify")
    answer = send(inspector, "/findings/1/close")
    assert answer.status_code == 409 and "仍不可用，不能关闭" in answer.text
    assert made(hub)[0].stage == "verified"


def test_one_of_two_that_works_is_enough_as_on_the_form(hub):
    station = fixed(hub, "fridge-1", "fridge-2")
    hub.spell(station, "fridge-1", State.DOWN, hub.now - timedelta(days=2))
    hub.month(station, "fridge-2", days=1)
    inspector = hub.browser("inspector")
    send(inspector, "/findings/1/verify")
    assert send(inspector, "/findings/1/close").status_code == 303


def test_a_fault_that_is_over_for_a_day_is_shown_as_evidence(hub):
    station = fixed(hub)
    ended = hub.now - timedelta(hours=25)
    hub.spell(station, "fridge-1", State.DOWN, hub.now - timedelta(days=3), until=ended)
    hub.month(station, "fridge-1", days=1)
    page = hub.browser("inspector").get("/findings/1").text
    assert "至今正常超过 24 小时" in page


def test_silence_is_no_evidence(hub):
    fixed(hub)
    page = hub.browser("inspector").get("/findings/1").text
    assert "未知" in page and "超过 24 小时" not in page


def test_who_fixed_it_does_not_verify_it(hub):
    station = hub.station("fridge-1")
    low(hub, station, "fridge")
    boss = hub.browser("administrator")
    send(boss, "/findings/1/fix", note="换了")
    answer = send(boss, "/findings/1/verify", note="我自己看过")
    assert answer.status_code == 409 and "须由报告修好以外的人核实" in answer.text and "我自己看过" in answer.text


def test_fixed_takes_a_photo_or_words(hub):
    station = hub.station("fridge-1")
    low(hub, station, "fridge")
    maintainer = hub.browser("maintainer")
    assert send(maintainer, "/findings/1/fix").status_code == 422
    assert send(maintainer, "/findings/1/fix", b"no photo at all").status_code == 422
    with hub.session() as session:
        assert session.exec(select(Photo)).all() == []
    assert send(maintainer, "/findings/1/fix", jpeg()).status_code == 303
    with hub.session() as session:
        (photo,) = session.exec(select(Photo)).all()
        assert session.exec(select(FindingStep.photo)).all()[-1] == photo.id
    assert f"/photos/{photo.id}?copy=small" in maintainer.get("/findings/1").text


def test_a_refused_step_keeps_no_photo(hub):
    fixed(hub)
    assert send(hub.browser("district"), "/findings/1/fix", jpeg(), note="又修了").status_code == 409
    with hub.session() as session:
        assert session.exec(select(Photo)).all() == []


def test_a_button_pressed_twice_is_one_step(hub):
    station = hub.station("fridge-1")
    low(hub, station, "fridge")
    maintainer = hub.browser("maintainer")
    for _ in range(2):
        assert send(maintainer, "/findings/1/take_up").status_code == 303
        assert send(maintainer, f"/stations/{station}/findings", text="门坏了", about="fridge-1").status_code == 403
    head = hub.browser("inspector")
    for _ in range(2):
        assert send(head, f"/stations/{station}/findings", text="门坏了", about="fridge-1").status_code == 303
    assert len(made(hub)) == 2
    assert [step["what"] for step in maintainer.get("/api/findings/1").json()["steps"]] == ["made", "take_up"]


def test_sent_back_and_opened_again(hub):
    fixed(hub)
    inspector, district = hub.browser("inspector"), hub.browser("district")
    assert send(inspector, "/findings/1/send_back").status_code == 422
    assert send(inspector, "/findings/1/send_back", note="还是 12 ℃").status_code == 303
    assert (made(hub)[0].stage, made(hub)[0].fixed_by) == ("taken_up", None)
    send(district, "/findings/1/fix", note="换了压缩机")
    send(inspector, "/findings/1/verify")
    send(inspector, "/findings/1/close")
    hub.now += timedelta(hours=1)
    assert send(inspector, "/findings/1/reopen", note="又坏了").status_code == 303
    again = made(hub)[0]
    assert (again.stage, again.opened_again, again.closed_at, again.due_at) == (
        "open", 1, None, hub.now + timedelta(days=3),
    )  # fmt: skip


def test_opening_again_beside_the_same_is_refused(hub):
    station = fixed(hub)
    inspector = hub.browser("inspector")
    send(inspector, "/findings/1/verify")
    send(inspector, "/findings/1/close")
    low(hub, station, "fridge")
    answer = send(inspector, "/findings/1/reopen", note="又坏了")
    assert answer.status_code == 409 and "同一问题已有未关闭的整改" in answer.text


def test_handed_over_with_another_deadline(hub):
    station = hub.station("fridge-1")
    low(hub, station, "fridge")
    boss = hub.browser("district")
    assert send(boss, "/findings/1/hand_over", owner="union", severity="safety", note="漏电").status_code == 303
    finding = made(hub)[0]
    assert (finding.owner, finding.severity, finding.due_at - finding.made_at) == ("union", "safety", timedelta(days=1))
    assert send(boss, "/findings/1/hand_over", owner="nobody", severity="safety").status_code == 422


def test_late_ones_first_and_told_upward(hub):
    early, late = hub.station("fridge-1", name="甲站"), hub.station("microwave-1", name="乙站", plaque_number="2")
    low(hub, late, "microwave")
    hub.now += timedelta(days=7)
    low(hub, early, "fridge")
    hub.spell(early, "fridge-1", State.DOWN, hub.now - timedelta(days=1))
    district = hub.browser("district")
    page = district.get("/findings").text
    assert page.index("甲站") < page.index("乙站"), "what is down comes first"
    assert "逾期 4 天" in page and "已上报：市总工会" in page
    assert [row["id"] for row in district.get("/api/findings?show=late").json()["findings"]] == [1]
    assert [row["id"] for row in district.get("/api/findings?q=甲站").json()["findings"]] == [2]
    assert district.get("/api/findings?mine=1").json()["total"] == 0
    assert district.get("/api/findings?union=&q=&show=late").json()["total"] == 1, "as the form sends it"
    assert hub.browser("maintainer").get("/api/findings?mine=1").json()["total"] == 2


def test_pages_of_many(hub):
    station = hub.station("fridge-1")
    inspector = hub.browser("inspector")
    for number in range(51):
        send(inspector, f"/stations/{station}/findings", text=f"问题 {number}")
    assert "第 1 页，共 2 页" in inspector.get("/findings").text
    assert len(inspector.get("/api/findings?page=2").json()["findings"]) == 1


def test_another_union_sees_nothing(hub):
    station = hub.station("fridge-1")
    low(hub, station, "fridge")
    hub.browser("inspector")
    stranger = hub.browser("district", "elsewhere")
    with hub.session() as session:
        user = accounts.find_user(session, "elsewhere")
        assert user
        user.everywhere = False
        session.add(user)
        session.commit()
    assert stranger.get("/api/findings").json()["total"] == 0
    paths = ("/findings/1", "/api/findings/1", f"/stations/{station}/findings")
    assert [stranger.get(path).status_code for path in (*paths, "/findings/99", "/findings/0")] == [404] * 5
    assert send(stranger, "/findings/1/verify").status_code == 404
    assert send(stranger, f"/stations/{station}/findings", text="x").status_code == 404


def test_a_third_party_sees_only_what_it_found(hub):
    station = hub.station("fridge-1")
    low(hub, station, "fridge")
    third = hub.browser("third_party")
    with hub.session() as session:
        user = accounts.find_user(session, "third_party")
        assert user and user.id
        session.add(StationGrant(user=user.id, station=station))
        session.commit()
    assert third.get("/findings/1").status_code == 404
    assert send(third, f"/stations/{station}/findings", text="地上有水").status_code == 303
    assert [row["text"] for row in third.get("/api/findings").json()["findings"]] == ["地上有水"]


NASTY = [
    "<script>alert(1)</script>", "'; DROP TABLE finding; --", "=HYPERLINK(1)", "\u202egnp.exe", "𠮷" * 500,
]  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_whatever_is_typed_is_only_text(hub, text):
    station = hub.station("fridge-1")
    inspector = hub.browser("inspector")
    answer = send(inspector, f"/stations/{station}/findings", text=text, about="fridge")
    assert answer.status_code == 303
    page = inspector.get(answer.headers["location"]).text
    assert "<script>alert" not in page
    assert inspector.get("/findings", params={"q": text[:50]}).status_code == 200


def test_what_no_database_keeps_is_refused(hub):
    station = hub.station("fridge-1")
    assert send(hub.browser("inspector"), f"/stations/{station}/findings", text="a\x00b").status_code == 422
    assert made(hub) == []


def test_what_cannot_be_is_refused_with_what_was_typed(hub):
    station = hub.station("fridge-1")
    inspector = hub.browser("inspector")
    path = f"/stations/{station}/findings"
    answer = send(inspector, path, b"GIF89a", text="门坏了")
    assert answer.status_code == 422 and "门坏了" in answer.text and "这不是照片" in answer.text
    assert send(inspector, path, text="   ").status_code == 422
    assert send(inspector, path, text="x", about="fridge-9").status_code == 422
    assert send(inspector, path, text="x" * 2001).status_code == 422
    assert send(inspector, path, b"x" * (11 * 1024 * 1024), text="x").status_code == 413
    for query in ("show=x", "page=0", "union=-1", "q=" + "x" * 101, "page=1e9", "union=99999999999"):
        assert inspector.get(f"/findings?{query}").status_code == 422, query
    assert made(hub) == []


def test_steps_are_never_changed(hub):
    fixed(hub)
    with hub.session() as session, pytest.raises(AppendOnly):
        step = session.exec(select(FindingStep)).first()
        assert step
        step.note = "other"
        session.add(step)
        session.flush()


def test_it_is_inspected_again_by_an_assignment_linked_to_it(hub):
    station = fixed(hub)
    inspector, boss = hub.browser("inspector"), hub.browser("district")
    with hub.session() as session:
        user = accounts.find_user(session, "inspector")
        assert user and user.id
        person = user.id
    path, due = "/findings/1/reinspection", "2026-07-31"
    for _ in range(2):
        assert send(boss, path, person=person, due=due).status_code == 303
    assert [step["what"] for step in boss.get("/api/findings/1").json()["steps"]].count("reinspect") == 1
    assert "已安排，尚未开始" in boss.get("/findings/1").text
    begun = inspector.post(f"/stations/{station}/inspections")
    assert f'href="{begun.headers["location"]}"' in boss.get("/findings/1").text
    assert send(boss, path, person=person, due="2020-01-01").status_code == 422
    assert send(boss, path, person=99, due=due).status_code == 422
    assert send(inspector, path, person=person, due=due).status_code == 403


def test_submitting_the_form_makes_findings_and_the_next_form_shows_them(hub):
    station = hub.station("fridge-1")
    inspector = hub.browser("inspector", "inspector")
    submitted(inspector, begin(inspector, station), choice=2)
    assert len(made(hub)) == 14
    first = inspector.get("/api/findings/1").json()
    assert first["steps"][0]["photo"] is not None and first["text"] == "见照片"
    again = begin(inspector, station)
    assert "整改" not in inspector.get(again).text.partition('id="fridge"')[2].partition("</section>")[0]
    look_and_reveal(inspector, again, "fridge")
    assert "见照片（待处理）" in inspector.get(again).text


def test_what_was_put_right_is_not_found_again_by_the_same_inspection(hub):
    station = hub.station("fridge-1")
    number = low(hub, station, "fridge", "clean")
    maintainer, inspector = hub.browser("maintainer"), hub.browser("inspector")
    send(maintainer, "/findings/1/fix", note="换了")
    send(inspector, "/findings/1/verify")
    send(inspector, "/findings/1/close")
    who = somebody(hub, "inspector")
    with hub.session() as session:
        row = session.get_one(Inspection, number)
        assert make_findings(session, row, who, hub.now) == []
        line = session.get_one(InspectionItem, (number, "pledge"))
        line.points = 1
        session.add(line)
        session.flush()
        assert [one.item for one in make_findings(session, row, who, hub.now)] == ["pledge"]
