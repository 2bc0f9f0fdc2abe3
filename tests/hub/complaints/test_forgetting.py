"""What somebody wrote goes when they ask for it: by their own code, or by whoever may."""

from sqlmodel import select

from hub.complaints.tables import ComplaintStep
from hub.photos.tables import Photo, PhotoBytes
from hub.trail.tables import TrailRow
from tests.hub.complaints.test_complaints import PHONE, named_at
from tests.hub.complaints.told import GOOD, receipt, rows, worker
from tests.photos import jpeg

WORDS = GOOD["text"]
GONE = "内容已按本人要求删除。"


def nothing_of_the_person(hub) -> None:
    with hub.session() as session:
        for model in (TrailRow, ComplaintStep):
            told = str([row.model_dump() for row in session.exec(select(model))])
            assert WORDS not in told and PHONE not in told
    (row,) = rows(hub)
    assert (row.text, row.photo, row.contact) == ("", None, None)


def test_a_union_deletes_text_photo_and_contact_and_the_rest_stays(hub):
    station = hub.station("fridge-1")
    receipt(worker(hub).send(station, jpeg(), contact=PHONE))
    officer = hub.browser("district")
    (before,) = rows(hub)
    assert "按本人要求删除" in officer.get("/complaints/1").text
    shown = officer.get(f"/photos/{before.photo}")
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "private, no-cache")
    known = {"If-None-Match": shown.headers["ETag"]}
    assert officer.http.get(f"/photos/{before.photo}", headers=known).status_code == 304
    assert officer.post("/complaints/1/forget").status_code == 303
    assert officer.post("/complaints/1/forget").status_code == 303, "pressed twice"
    nothing_of_the_person(hub)
    assert officer.http.get(f"/photos/{before.photo}", headers=known).status_code == 404
    with hub.session() as session:
        assert not session.exec(select(Photo)).all() and not session.exec(select(PhotoBytes)).all()
        noted = session.exec(select(TrailRow.who, TrailRow.subject).where(TrailRow.what == "people.forget")).all()
        assert noted == [("district", f"complaint {before.number}")]
        done = session.exec(select(ComplaintStep.what)).all()
        assert done.count("forget_words") == 1
    page = officer.get("/complaints/1").text
    assert GONE in page and WORDS not in page and "按本人要求删除来信" in page
    assert 'action="/complaints/1/forget"' not in page
    assert GONE in officer.get("/complaints").text
    assert officer.get("/api/complaints/1").json()["text"] == ""
    assert WORDS not in officer.get(f"/exports/complaints.csv?month={before.received_at:%Y-%m}").text
    assert officer.post("/complaints/1/classify", kind="complaint", category="facility").status_code == 303


def test_a_head_deletes_nothing_that_was_said_of_their_station(hub):
    station = hub.station("fridge-1")
    receipt(worker(hub).send(station))
    head = named_at(hub, station, "station_head")
    assert 'action="/complaints/1/forget"' not in head.get("/complaints/1").text
    assert head.post("/complaints/1/forget").status_code == 403
    assert rows(hub)[0].text == WORDS


def test_whoever_has_the_code_deletes_it_and_still_reads_the_answer(hub):
    station = hub.station("fridge-1")
    sender = worker(hub)
    number, code = receipt(sender.send(station, jpeg(), contact=PHONE))
    hidden = sender.form("/complain/answer")
    assert "删除我写的内容" in sender.ask(number, code).text
    wrong = sender.http.post("/complain/answer/forget", data=hidden | {"number": number, "code": "0000 0000"})
    assert (wrong.status_code, rows(hub)[0].text) == (422, WORDS)
    assert sender.http.post("/complain/answer/forget", data={"number": number, "code": code}).status_code == 403
    gone = sender.http.post("/complain/answer/forget", data=hidden | {"number": number, "code": code})
    assert gone.status_code == 200 and "已按您的要求删除" in gone.text and WORDS not in gone.text
    nothing_of_the_person(hub)
    again = sender.ask(number, code)
    assert "已按您的要求删除" in again.text and "删除我写的内容" not in again.text


def test_of_a_photo_a_finding_shows_nothing_is_left_to_see(hub):
    station = hub.station("fridge-1")
    receipt(worker(hub).send(station, jpeg()))
    officer = hub.browser("district")
    good = {"text": "冰箱不制冷", "severity": "high", "owner": "maintainer"}
    officer.post("/complaints/1/classify", kind="complaint", category="facility")
    assert officer.post("/complaints/1/finding", **good).status_code == 303
    photo = rows(hub)[0].photo
    before = officer.get(f"/photos/{photo}").content
    assert officer.post("/complaints/1/forget").status_code == 303
    nothing_of_the_person(hub)
    left = officer.get(f"/photos/{photo}")
    assert left.status_code == 200 and len(left.content) < 500 < len(before)
    assert officer.get("/findings/1").status_code == 200


def test_the_form_says_what_it_is_for_and_how_to_have_it_deleted(hub):
    station = hub.station("fridge-1")
    page = worker(hub).http.get(f"/complain/{station}").text
    assert "内容和照片只用来办理这件事，办结后留存备查。" in page and "当即删除" in page
