"""From a worker's phone to the answer on it, as people send the forms."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from hub import keeping
from hub.accounts import store as accounts
from hub.complaints.tables import ComplaintStep
from hub.findings.tables import Finding, FindingStep
from hub.trail.append_only import AppendOnly
from hub.trail.store import verify
from hub.trail.tables import TrailRow
from tests.hub.complaints.told import receipt, rows, worker
from tests.hub.inspections.conftest import Client, Hub
from tests.photos import jpeg

PHONE = "13812345678"


def named_at(hub: Hub, station: str, role: str) -> Client:
    """Somebody who sees this station because it was named to them."""
    browser = hub.browser(role)
    with hub.session() as session:
        user = accounts.find_user(session, role)
        assert user
        accounts.name_station(session, user, station)
        session.commit()
    return browser


def assigned(
    hub: Hub, owner: str = "district", station: str = "", **fields: str
) -> tuple[str, str, str, Client]:  # fmt: skip
    """One that came in and has somebody who answers for it: station, number, code, and the officer's browser."""
    station = station or hub.station("fridge-1")
    officer = hub.browser("district")
    number, code = receipt(worker(hub).send(station, **fields))
    assert officer.post("/complaints/1/classify", kind="complaint", category="facility").status_code == 303
    assert officer.post("/complaints/1/assign", owner=owner).status_code == 303
    return station, number, code, officer


def test_a_worker_files_an_officer_answers_and_the_worker_reads(hub):
    station, number, code, officer = assigned(hub, contact=PHONE)
    someone = worker(hub, "198.51.100.2")
    assert "正在处理" in someone.ask(number, code).text
    assert officer.post("/complaints/1/answer", text="已换温控器 <b>4 ℃</b>").status_code == 303
    told = someone.ask(number.lower(), code.replace(" ", "").lower())
    assert "已答复" in told.text and "已换温控器 &lt;b&gt;4 ℃&lt;/b&gt;" in told.text and PHONE not in told.text
    assert officer.post("/complaints/1/close").status_code == 303
    assert "已办结" in someone.ask(number, code).text
    said = officer.get("/api/complaints/1").json()
    assert [step["what"] for step in said["steps"]] == ["receive", "classify", "assign", "answer", "read", "close"]
    assert (said["stage"], said["has_contact"], said["owner"]) == ("closed", True, "district")
    with hub.session() as session:
        trail = list(session.exec(select(TrailRow).where(TrailRow.station == station)))
        assert [row.what for row in trail] == [
            f"complaint.{one}" for one in ("classify", "assign", "answer", "close")
        ]  # fmt: skip
        assert verify(session) is None and not any(PHONE in repr(row) or "冰箱" in repr(row) for row in trail)


def test_every_complaint_has_an_owner_a_deadline_and_an_answer(hub):
    station = hub.station("fridge-1")
    receipt(worker(hub).send(station))
    officer = hub.browser("district")
    page = officer.get("/complaints/1").text
    assert "所属工会，尚未指定" in page and "8月10日" in page, "fifteen working days"
    assert officer.post("/complaints/1/close").status_code == 409
    assert officer.post("/complaints/1/answer", text="好").status_code == 409
    assert officer.post("/complaints/1/classify", kind="consultation", category="charges").status_code == 303
    assert "7月27日" in officer.get("/complaints/1").text
    hub.now += timedelta(days=8)
    boss = hub.browser("city")
    assert "逾期" in boss.get("/complaints/1").text
    late = boss.get("/api/complaints?show=late").json()
    assert (late["total"], late["complaints"][0]["late"]) == (1, True)


def test_the_contact_is_seen_by_those_who_answer_and_that_is_written_down(hub):
    station = hub.station()
    head, stranger = (named_at(hub, station, role) for role in ("station_head", "third_party"))
    *_, officer = assigned(hub, "station_head", station, contact=PHONE)
    others = [hub.browser(role) for role in ("inspector", "maintainer", "auditor")]
    for one in (*others, head, officer):
        page = one.get("/complaints/1")
        assert page.status_code == 200 and PHONE not in page.text and "138****5678" in page.text
    for one in (*others, stranger):
        assert one.post("/complaints/1/contact").status_code == 403
    assert PHONE in head.post("/complaints/1/contact").text
    assert PHONE in officer.post("/complaints/1/contact").text
    assert PHONE not in officer.get("/api/complaints/1").text + officer.get("/exports/complaints.csv").text
    with hub.session() as session:
        looked = [row.who for row in session.exec(select(TrailRow)) if row.what == "complaint.contact"]
    assert looked == ["station_head", "district"]


def test_a_head_who_does_not_answer_for_it_neither_sees_the_contact_nor_answers(hub):
    station, *_, officer = assigned(hub, contact=PHONE)
    head = named_at(hub, station, "station_head")
    assert head.post("/complaints/1/contact").status_code == 409
    assert head.post("/complaints/1/answer", text="没有这回事").status_code == 409
    assert head.post("/complaints/1/finding", text="冰箱").status_code == 409
    assert head.post("/complaints/1/close").status_code == 403
    assert officer.post("/complaints/1/assign", owner="station_head").status_code == 303
    assert head.post("/complaints/1/answer", text="已修好").status_code == 303


def test_who_cannot_see_the_station_is_not_offered_and_not_taken(hub):
    *_, officer = assigned(hub)
    other = hub.browser("district", "别区主任")
    with hub.session() as session:
        user = accounts.find_user(session, "别区主任")
        assert user
        user.everywhere = False
        session.add(user)
        session.commit()
    assert "别区主任" not in officer.get("/complaints/1").text
    for owner in ("别区主任", "nobody", "", "maintainer"):
        assert officer.post("/complaints/1/assign", owner=owner).status_code == 422
    assert other.get("/complaints/1").status_code == 404
    assert "冰箱" not in other.get("/complaints").text


def test_a_third_party_sees_none(hub):
    station, *_ = assigned(hub)
    other = named_at(hub, station, "third_party")
    for path in ("/complaints", "/complaints/1", "/api/complaints", "/exports/complaints.csv"):
        assert other.get(path).status_code == 403
    assert "/complaints" not in other.get(f"/stations/{station}").text


def test_whoever_left_a_contact_is_told_before_it_is_closed(hub):
    *_, officer = assigned(hub, contact=PHONE)
    officer.post("/complaints/1/answer", text="已换")
    refused = officer.post("/complaints/1/close")
    assert refused.status_code == 409 and "请先把答复告知本人" in refused.text
    assert officer.post("/complaints/1/reply").status_code == 422
    assert officer.post("/complaints/1/reply", note="电话告知").status_code == 303
    assert officer.post("/complaints/1/close").status_code == 303


def test_it_is_opened_again_with_a_new_deadline(hub):
    _, number, code, officer = assigned(hub)
    officer.post("/complaints/1/answer", text="已换温控器")
    officer.post("/complaints/1/close")
    due = rows(hub)[0].due_at
    hub.now += timedelta(days=3)
    hub.uses("district")
    assert officer.post("/complaints/1/reopen").status_code == 422
    assert officer.post("/complaints/1/reopen", note="本人说还是不冷").status_code == 303
    row = rows(hub)[0]
    assert (row.stage, row.answer, row.opened_again, row.owner) == ("assigned", "", 1, "district")
    assert row.due_at > due and "已换温控器" not in worker(hub).ask(number, code).text
    assert "已换温控器" in officer.get("/complaints/1").text, "the history keeps it"


def test_a_step_made_twice_is_one_and_an_outdated_one_is_refused(hub):
    *_, officer = assigned(hub)
    for _ in range(2):
        assert officer.post("/complaints/1/answer", text="已换").status_code == 303
    assert officer.post("/complaints/1/assign", owner="district").status_code == 409
    for _ in range(2):
        assert officer.post("/complaints/1/close").status_code == 303
    assert officer.post("/complaints/1/answer", text="再说一句").status_code == 409
    with hub.session() as session:
        steps = session.exec(select(ComplaintStep)).all()
        assert [one.what for one in steps] == ["receive", "classify", "assign", "answer", "close"]
        steps[0].note = "changed"
        session.add(steps[0])
        with pytest.raises(AppendOnly):
            session.commit()


def test_a_finding_is_made_of_it_with_its_photo(hub):
    station = hub.station("fridge-1")
    receipt(worker(hub).send(station, jpeg()))
    officer = hub.browser("district")
    for facility, status in (("x-1", 422), ("fridge-1", 303)):
        sorted_ = officer.post("/complaints/1/classify", kind="complaint", category="facility", facility=facility)
        assert sorted_.status_code == status
    assert officer.post("/complaints/1/finding", text="").status_code == 422
    good = {"text": "冰箱不制冷", "severity": "high", "owner": "maintainer"}
    assert officer.post("/complaints/1/finding", **good).status_code == 303
    assert officer.post("/complaints/1/finding", **good).status_code == 409
    with hub.session() as session:
        finding = session.exec(select(Finding)).one()
        assert (finding.facility, finding.severity, finding.owner) == ("fridge-1", "high", "maintainer")
        assert session.exec(select(FindingStep.photo)).one() == rows(hub)[0].photo
    page = officer.get("/complaints/1").text
    assert f"/findings/{finding.id}" in page and "/facilities/fridge-1" in page


def test_a_contact_goes_thirty_days_after_closing_and_everything_else_stays(hub):
    *_, officer = assigned(hub, contact=PHONE)
    officer.post("/complaints/1/answer", text="已换")
    officer.post("/complaints/1/reply", note="电话告知")

    def sweep() -> str | None:
        keeping.sweep(hub.app.state.engine, hub.app.state.settings, "me", lambda: hub.now, lambda _s: False)
        return rows(hub)[0].contact

    hub.now += timedelta(days=100)
    assert sweep() == PHONE, "it is not closed"
    assert hub.browser("city").post("/complaints/1/close").status_code == 303
    hub.now += timedelta(days=29)
    assert sweep() == PHONE
    hub.now += timedelta(days=2)
    assert sweep() is None and sweep() is None
    row = rows(hub)[0]
    assert (row.text, row.answer, row.contact_deleted_at) == ("冰箱不冷已经三天", "已换", hub.now)
    with hub.session() as session:
        assert [one.what for one in session.exec(select(ComplaintStep))][-1] == "forget"


def test_the_list_has_late_ones_first_and_narrows(hub):
    station, other = hub.station(name="东站"), hub.station(name="西站")
    someone = worker(hub)
    receipt(someone.send(station))
    hub.now += timedelta(days=30)
    receipt(someone.send(other, kind="consultation", category="hours", text="周末开不开门"))
    officer = hub.browser("district")
    found = officer.get("/api/complaints").json()
    assert [one["late"] for one in found["complaints"]] == [True, False]
    cold, open_ = ["冰箱不冷已经三天"], ["周末开不开门"]
    for query, texts in (
        ("kind=consultation", open_), ("show=late", cold), (f"station={other}", open_), ("q=东站", cold),
        ("q=周末", open_), ("mine=1", []), ("show=closed", []), ("union=1", []),
    ):  # fmt: skip
        assert [one["text"] for one in officer.get(f"/api/complaints?{query}").json()["complaints"]] == texts, query
        assert officer.get(f"/complaints?{query}").status_code == 200
    for query in ("show=x", "page=0", "station=' OR 1=1", "kind=praise", "union=-1"):
        assert officer.get(f"/complaints?{query}").status_code == 422
    assert officer.get("/complaints/99").status_code == officer.get(f"/complaints/{2**31}").status_code == 404


def test_a_month_goes_to_the_platform_as_a_file_and_its_receipt_is_noted(hub):
    station = hub.station(name="淮河路")
    someone = worker(hub)
    receipt(someone.send(station, text='=HYPERLINK("http://evil.example")', contact=PHONE))
    officer = hub.browser("district")
    sheet = officer.get("/exports/complaints.csv?month=2026-07")
    assert sheet.headers["content-disposition"].endswith('"waystation-complaints-2026-07.csv"')
    head, line = sheet.text.lstrip("\ufeff").splitlines()
    assert head.endswith("上传时间,上传回执") and "'=HYPERLINK" in line and PHONE not in sheet.text
    book = officer.get("/exports/complaints.xlsx?month=2026-07")
    assert book.headers["content-disposition"].endswith('"waystation-complaints-2026-07.xlsx"')
    page = load_workbook(BytesIO(book.content)).active
    typed, written = ([cell.value for cell in row] for row in page.iter_rows())
    assert (typed, written[0], written[6]) == (head.split(","), line.split(",")[0], '=HYPERLINK("http://evil.example")')
    assert page["G2"].data_type == "s" and PHONE not in str(written)
    assert officer.get("/exports/complaints.csv?month=2026-06").text.count("\n") == 1
    assert officer.get("/exports/complaints.csv?month=2026-13").status_code == 422
    for wrong, status in (
        ({"month": "2026-07"}, 422), ({"month": "07"}, 422), ({"month": "2026-06", "receipt": "R-1"}, 409),
        ({"month": "2026-07", "receipt": "R-1", "uploaded_at": "2027-01-01T10:00"}, 422),
        ({"month": "2026-07", "receipt": "R-1", "uploaded_at": "soon"}, 422),
    ):  # fmt: skip
        assert officer.post("/complaints/uploaded", **wrong).status_code == status, wrong
    good = {"month": "2026-07", "receipt": "R-1", "uploaded_at": "2026-07-20T10:00"}
    assert officer.post("/complaints/uploaded", **good).status_code == 303
    assert officer.post("/complaints/uploaded", **good).status_code == 409
    receipt(someone.send(station))
    said = officer.get("/exports/complaints.json").json()["complaints"]
    assert [(one["uploaded_at"], one["upload_receipt"]) for one in said] == [
        ("2026-07-20T02:00:00Z", "R-1"),
        (None, ""),
    ]
    assert hub.browser("station_head").post("/complaints/uploaded", **good).status_code == 403


def test_it_is_linked_from_where_workers_and_officers_are(hub):
    station, officer = hub.station(), hub.browser("district")
    assert f'href="/complain/{station}?lang=en"' in worker(hub).http.get(f"/s/{station}?lang=en").text
    assert f'href="/complaints?station={station}"' in officer.get(f"/stations/{station}").text
    assert 'href="/complaints"' in officer.get("/more").text
