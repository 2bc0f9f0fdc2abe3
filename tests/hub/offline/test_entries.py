"""What the hub makes of a device's entries: each once, in its order, or kept beside the answer that is there."""

import json
from datetime import timedelta
from uuid import uuid4

from sqlmodel import select

from hub.inspections.tables import AnswerLog, InspectionItem, InspectionMark
from hub.offline.tables import OfflineEntry, OfflineProposal
from tests.hub.inspections.conftest import Hub
from tests.hub.offline.devices import Device, entry, entry_of, sign_in_again


def item(hub: Hub, phone: Device, key: str) -> InspectionItem | None:
    with hub.session() as session:
        return session.get(InspectionItem, (phone.form["id"], key))


def logged(hub: Hub, what: str) -> list[AnswerLog]:
    with hub.session() as session:
        return list(session.exec(select(AnswerLog).where(AnswerLog.what == what)))


def marked(hub: Hub) -> list[tuple[str, str]]:
    with hub.session() as session:
        return [(row.key, row.by) for row in session.exec(select(InspectionMark))]


def test_the_download_has_forms_proposals_and_nothing_of_blind_lines(hub: Hub, phone: Device) -> None:
    lines = [line for section in phone.form["sections"] for line in section["lines"]]
    assert len(lines) == 14 and phone.form["station"]["name"] == "淮河路驿站"
    assert all((line["proposal"] is None) == (line["blind"] or line["by_hand"]) for line in lines)
    seen = [line for line in lines if line["proposal"]]
    with hub.session() as session:
        given = {row.key: row for row in session.exec(select(OfflineProposal))}
    assert {line["proposal"]["seal"] for line in seen} <= {row.seal for row in given.values()}
    assert any("chart.svg" in address for address in phone.form["charts"])
    # The same download again hands out the same seals: nothing new was seen.
    before = [line["proposal"]["seal"] for line in seen]
    phone.download()
    assert [phone.line(line["key"])["proposal"]["seal"] for line in seen] == before


def test_what_was_done_away_is_applied_once_with_when_it_was_done(hub: Hub, phone: Device) -> None:
    key = next(key for key in ("fridge", "microwave") if not phone.line(key)["blind"])
    done_at = hub.now
    entries = phone.answered(key)
    hub.now += timedelta(hours=72)
    sign_in_again(hub, phone.client, "zhang")
    phone.client.csrf = phone.client.http.get("/api/offline/session").json()["csrf"]
    assert phone.send(*entries) == ["applied"] * 3
    assert phone.send(*entries) == ["applied"] * 3
    assert phone.send(entries[2]) == ["applied"]
    kept = item(hub, phone, key)
    assert kept is not None and (kept.look, kept.points, kept.version) == ("works", 10, 3)
    assert kept.seal == phone.line(key)["proposal"]["seal"]
    decided = logged(hub, "decide")
    assert [(row.origin, row.done_at, row.at) for row in decided] == [("offline", done_at, hub.now)]
    with hub.session() as session:
        assert len(session.exec(select(OfflineEntry)).all()) == 3


def test_a_phone_with_a_wrong_clock_tells_how_long_ago(hub: Hub, phone: Device) -> None:
    phone.behind = timedelta(days=-1, minutes=7)
    done = phone.did("look", "fridge", look="no")
    done_at = hub.now
    hub.now += timedelta(hours=5)
    assert phone.send(done) == ["applied"]
    assert [row.done_at for row in logged(hub, "look")] == [done_at]


def test_the_same_id_with_another_content_is_refused_and_changes_nothing(hub: Hub, phone: Device) -> None:
    first = phone.did("look", "fridge", look="works")
    assert phone.send(first) == ["applied"]
    other = phone.did("look", "fridge", look="no") | {"id": first["id"]}
    assert phone.send(other) == ["refused"]
    kept = item(hub, phone, "fridge")
    assert kept is not None and kept.look == "works"


def test_of_two_answers_both_are_kept_until_a_person_chooses(hub: Hub, phone: Device, other_phone: Device) -> None:
    mine = phone.answered("fridge", points=10)
    theirs = other_phone.answered("fridge", look="partly", points=6, note="门关不严")
    assert set(phone.send(*mine)) == {"applied"}
    outcomes = other_phone.send(*theirs)
    assert (outcomes[0], outcomes[-1]) == ("conflict", "conflict")
    kept = item(hub, phone, "fridge")
    assert kept is not None and kept.points == 10
    hub.now += timedelta(minutes=1)
    # Whatever comes after a second answer belongs to it.
    assert other_phone.send(other_phone.did("decide", "fridge", points=2, reason="other", note="坏")) == ["conflict"]
    assert other_phone.send(other_phone.did("submit")) == ["refused"]
    form = other_phone.download()["inspections"][0]
    assert len(form["second_answers"]) == outcomes.count("conflict") + 1

    number = phone.form["id"]
    page = phone.client.get(f"/inspections/{number}").text
    assert "两个回答，请选择" in page and "离线的回答 · li" in page
    choice = {"key": "fridge", "person": other_phone.package["user"], "choice": "take"}
    assert phone.client.post(f"/inspections/{number}/second-answers", **choice).status_code == 303
    kept = item(hub, phone, "fridge")
    assert kept is not None and (kept.points, kept.note) == (2, "坏")
    assert phone.client.post(f"/inspections/{number}/second-answers", **choice).status_code == 409
    assert "两个回答" not in phone.client.get(f"/inspections/{number}").text
    with hub.session() as session:
        rows = session.exec(select(OfflineEntry).where(OfflineEntry.outcome == "conflict")).all()
        assert {(row.taken, row.resolved_by) for row in rows} == {(True, "zhang")}


def test_the_same_answer_twice_is_nothing_to_choose_from(hub: Hub, phone: Device, other_phone: Device) -> None:
    assert set(phone.send(*phone.answered("fridge"))) == {"applied"}
    outcomes = other_phone.send(*other_phone.answered("fridge"))
    assert "conflict" not in (outcomes[0], outcomes[-1])
    assert len(logged(hub, "decide")) == 1


def test_points_given_on_the_hub_meanwhile_are_not_overwritten(hub: Hub, phone: Device) -> None:
    entries = phone.answered("fridge", look="no", points=2, note="不制冷")
    number = phone.form["id"]
    for step, fields in (("look", {"look": "works"}), ("reveal", {}), ("decide", {"points": 10})):
        phone.client.post(f"/inspections/{number}/items/fridge/{step}", **fields)
    outcomes = phone.send(*entries)
    assert (outcomes[0], outcomes[-1]) == ("conflict", "conflict")
    kept = item(hub, phone, "fridge")
    assert kept is not None and kept.points == 10


def test_a_note_is_marked_as_a_finding_once_and_the_mark_is_taken_back(hub: Hub, phone: Device) -> None:
    bare = phone.did("mark", "tables", wanted=True)
    assert phone.send(bare) == ["refused"] and "备注" in str(phone.why(bare))
    decided = phone.did("decide", "tables", points=10, note="桌腿松动")
    on = phone.did("mark", "tables", wanted=True)
    assert phone.send(decided, on) == ["applied"] * 2
    assert phone.send(decided, on) == ["applied"] * 2
    assert marked(hub) == [("tables", "zhang")]
    assert [(row.new, row.origin) for row in logged(hub, "mark")] == [("桌腿松动", "offline")]
    # Whatever comes after it of this line goes on from it.
    assert phone.send(phone.did("decide", "tables", points=10, note="桌腿松动，两张")) == ["applied"]
    phone.download()
    assert phone.line("tables")["marked"] and not phone.line("fridge")["marked"]
    assert phone.send(phone.did("mark", "tables", wanted=False)) == ["applied"]
    assert marked(hub) == []


def test_a_mark_on_a_note_that_was_changed_meanwhile_is_chosen_of(hub: Hub, phone: Device, other_phone: Device) -> None:
    phone.send(phone.did("decide", "tables", points=10, note="桌腿松动"))
    for device in (phone, other_phone):
        device.download()
    on, theirs = phone.did("mark", "tables", wanted=True), other_phone.did("mark", "tables", wanted=True)
    number = phone.form["id"]
    changed = phone.client.post(f"/inspections/{number}/items/tables/decide", points=10, note="桌腿已修好")
    assert changed.status_code == 303
    assert phone.send(on) == ["conflict"]
    assert marked(hub) == []
    assert "☑ 备注作为整改项" in phone.client.get(f"/inspections/{number}").text
    choice = {"key": "tables", "person": phone.package["user"], "choice": "take"}
    assert phone.client.post(f"/inspections/{number}/second-answers", **choice).status_code == 303
    assert marked(hub) == [("tables", "zhang")]
    assert other_phone.send(theirs) == ["applied"], "there is nothing to choose between"


def test_what_the_form_does_not_allow_is_refused_with_the_reason(phone: Device) -> None:
    key = next(key for key in ("fridge", "microwave") if not phone.line(key)["blind"])
    assert phone.send(phone.did("decide", key, points=10)) == ["refused"]
    phone.download()
    seal = phone.line(key)["proposal"]["seal"]
    assert phone.why(phone.did("reveal", key, seal=seal)) == "请先自己查看，再看系统建议"
    phone.download()
    made_up = [phone.did("look", key, look="works"), phone.did("reveal", key, seal="0" * 64)]
    assert phone.send(*made_up) == ["applied", "refused"]
    why = phone.why(phone.did("submit"))
    assert why is not None and why.startswith("还有未打分的项目，不能提交：")


def test_another_persons_entries_stay_untouched(hub: Hub, phone: Device, other_phone: Device) -> None:
    mine = phone.did("look", "fridge", look="works")
    answer = other_phone.post(other_phone.did("look", "fridge", look="no"), mine)
    assert answer.status_code == 409
    assert item(hub, phone, "fridge") is None
    assert phone.send(mine) == ["applied"]


def test_a_session_that_ended_takes_nothing_and_loses_nothing(hub: Hub, phone: Device) -> None:
    done = phone.did("look", "fridge", look="works")
    hub.now += timedelta(days=8)
    assert phone.post(done).status_code == 403
    assert phone.client.http.get("/api/offline/session").status_code == 401
    sign_in_again(hub, phone.client, "zhang")
    # A token from before is worth nothing; the app asks for the one of this session.
    assert phone.post(done).status_code == 403
    phone.client.csrf = phone.client.http.get("/api/offline/session").json()["csrf"]
    assert phone.send(done) == ["applied"]


def test_a_foreign_inspection_is_no_inspection(hub: Hub, phone: Device) -> None:
    elsewhere = hub.healthy("fridge-2", name="别处", plaque_number="X-1")
    admin = hub.browser("administrator")
    admin.post(f"/stations/{elsewhere}/inspections")
    said = json.loads(phone.did("look", "fridge", look="works")["content"])
    for number in (phone.form["id"] + 1, 999):
        assert phone.send(entry(said | {"inspection": number})) == ["refused"]
    with hub.session() as session:
        assert session.exec(select(InspectionItem)).all() == []


def test_poisoned_entries_are_refused_one_by_one(hub: Hub, phone: Device) -> None:
    good = phone.did("look", "fridge", look="works")
    said = json.loads(good["content"])
    poisoned = [
        "", "null", "[]", "{", "[" * 900, json.dumps(said | {"deed": {"what": "drop"}}),
        json.dumps(said | {"user": "1"}), json.dumps(said | {"done_at": "0001-01-01T00:00:00"}),
        json.dumps(said | {"inspection": 2**40}), json.dumps(said | {"version": -1}),
        json.dumps(said | {"deed": said["deed"] | {"look": "<script>"}}),
        json.dumps(said | {"deed": {"what": "decide", "key": "fridge", "points": 1e400}}),
        json.dumps(said | {"deed": {"what": "decide", "key": "fridge", "points": 10, "note": "\x00"}}),
        json.dumps(said | {"deed": {"what": "arrive", "latitude": float("nan"), "longitude": 0, "accuracy_m": 1}}),
        json.dumps(said | {"deed": {"what": "test", "key": "fridge", "figures": {"cabinet": float("inf")}}}),
        json.dumps(said | {"deed": {"what": "remark", "text": "x" * 2001}}),
        json.dumps(said | {"deed": {"what": "look", "key": "fridge'; DROP TABLE offline_entry;--", "look": "works"}}),
    ]  # fmt: skip
    entries = [entry_of(text) for text in poisoned]
    damaged = good | {"id": str(uuid4()), "content": good["content"].replace("works", "no")}
    assert phone.send(*entries, damaged, good) == ["refused"] * (len(entries) + 1) + ["applied"]
    kept = item(hub, phone, "fridge")
    assert kept is not None and kept.look == "works"


def test_extreme_dates_are_dated_now(hub: Hub, phone: Device) -> None:
    said = json.loads(phone.did("look", "fridge", look="works")["content"])
    assert phone.send(entry(said | {"done_at": "9999-12-31T23:59:59Z"})) == ["refused"]
    assert phone.send(entry(said | {"done_at": "2099-12-31T23:59:59Z"})) == ["applied"]
    assert [row.done_at for row in logged(hub, "look")] == [hub.now]


def test_a_body_that_is_no_batch_is_refused(phone: Device) -> None:
    http, headers = phone.client.http, phone.headers()
    good = phone.did("look", "fridge", look="works")
    bodies: tuple[object, ...] = (
        {}, [], {"sent_at": "now", "entries": [good]}, {"sent_at": phone.clock.isoformat(), "entries": []},
        {"sent_at": phone.clock.isoformat(), "entries": [good] * 51},
        {"sent_at": phone.clock.isoformat(), "entries": [good | {"id": "1"}]},
        {"sent_at": phone.clock.isoformat(), "entries": [good | {"content": "x" * 16_001}]},
        {"sent_at": phone.clock.isoformat(), "entries": [good | {"content": "\x00"}]},
    )  # fmt: skip
    for body in bodies:
        assert http.post("/api/offline/entries", json=body, headers=headers).status_code == 422
    large = b'{"entries":"' + b"x" * (2 * 1024 * 1024) + b'"}'
    sent = {"content-type": "application/json"} | headers
    assert http.post("/api/offline/entries", content=large, headers=sent).status_code == 413
    assert http.post("/api/offline/entries", json={}).status_code == 403
