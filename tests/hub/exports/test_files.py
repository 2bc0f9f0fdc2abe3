"""Files for programs: nothing typed is a formula, overrides have old, new and reason, JSON is as its schema says."""

import csv
import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import jsonschema_rs
import pytest
from openpyxl import load_workbook

from hub.accounts import store as accounts
from hub.accounts.tables import StationGrant
from hub.cells import Cell, csv_lines, harmless
from hub.exports.models import FORMATS, InspectionFile, InspectionsFile
from hub.exports.workbook import Table, written
from hub.inspections.tables import Assigned, Assignment, Inspection
from tests.hub.exports.told import NASTY, told_form
from tests.hub.inspections.forms import begin, submitted

FORMULAS = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0",
]


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def saved(value: Cell, name: str = "x") -> bytes:
    """A workbook of one cell."""
    with written([Table(name, ("a",), [(value,)])]) as file:
        return file.read()


def book_of(content: bytes):
    return load_workbook(BytesIO(content), read_only=True)


@pytest.mark.parametrize("typed", FORMULAS)
def test_no_text_starts_a_formula(typed):
    (line,) = rows_of(b"".join(csv_lines(("a",), [(typed,)])))[1:]
    assert line[0][0] in "' "
    sheet = book_of(saved(typed))["x"]
    cell = list(sheet.iter_rows())[1][0]
    assert cell.data_type in ("s", "inlineStr") and not str(cell.value or "").startswith("<")


def test_numbers_stay_numbers():
    assert [harmless(value) for value in (-3, -0.5, None, True)] == ["-3", "-0.5", "", "1"]
    sheet = book_of(saved(-3))["x"]
    assert list(sheet.iter_rows(values_only=True))[1][0] == -3


def test_control_characters_do_not_break_a_file():
    said = "a\x00b\x0bc𠮷" * 20_000
    assert saved(said, name="[a]:*?/\\")


def test_an_inspection_as_a_spreadsheet(told):
    book = book_of(told.browser.get(f"{told.form}/export.xlsx").content)
    assert book.sheetnames == ["考评表", "依据", "照片", "整改", "记录"]
    head, *rows = book["考评表"].iter_rows(values_only=True)
    lines = [dict(zip(head, row, strict=False)) for row in rows]
    microwave = next(line for line in lines if line["key"] == "microwave")
    assert (microwave["proposed"], microwave["points"], microwave["reason"]) == (10, 6, "other")
    assert microwave["note"] == NASTY and lines[-1]["points"] == 92
    evidence = list(book["依据"].iter_rows(values_only=True))
    assert len(evidence) == 6 and "coverage" in evidence[0]


def test_every_override_has_old_new_and_reason_and_the_log_is_there(told):
    book = book_of(told.browser.get(f"{told.form}/export.xlsx").content)
    log = list(book["记录"].iter_rows(values_only=True))
    assert log[0] == ("at", "who", "what", "key", "old", "new", "reason")
    (reveal,) = [row for row in log if row[2:4] == ("reveal", "microwave")]
    (decide,) = [row for row in log if row[2:4] == ("decide", "microwave")]
    assert str(reveal[5]).startswith("10 R11") and decide[5] == "6" and str(decide[6]).startswith("other #eval")
    assert {row[2] for row in log[1:]} >= {"start", "look", "reveal", "decide", "photo", "refuse_to_sign", "submit"}
    said = told.browser.get(f"{told.form}/export.json").json()["inspection"]
    assert len(said["trail"]) == len(log) - 1


def test_an_inspection_as_csv(told):
    head, *rows = rows_of(told.browser.get(f"{told.form}/export.csv").content)
    lines = [dict(zip(head, row, strict=False)) for row in rows]
    assert [line["points"] for line in lines if line["key"] == "microwave"] == ["6"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_json_is_as_its_schema_says_and_comes_back_as_it_went(told):
    content = told.browser.get(f"{told.form}/export.json").content
    schema = told.browser.get("/api/schemas/inspection").json()
    jsonschema_rs.validator_for(schema).validate(json.loads(content))
    read = InspectionFile.model_validate_json(content)
    assert json.loads(read.model_dump_json()) == json.loads(content)
    assert told.browser.get(f"/api{told.form}/file").json()["inspection"] == json.loads(content)["inspection"]
    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validator_for(schema).validate(json.loads(content) | {"lines": 3})


def test_many_as_json_is_as_its_schema_says(told):
    content = told.browser.get("/exports/inspections.json?month=2026-07&state=submitted&rubric=shanghai_2018").content
    schema = told.browser.get("/api/schemas/inspections").json()
    jsonschema_rs.validator_for(schema).validate(json.loads(content))
    read = InspectionsFile.model_validate_json(content)
    assert [one.id for one in read.inspections] == [told.number]
    assert [line.reason for line in read.inspections[0].lines if line.overridden] == ["other"]
    assert set(FORMATS) == {"inspection", "inspections"}
    assert told.browser.get("/api/schemas/other").status_code == 404


def test_many_as_tables(told):
    head, *rows = rows_of(told.browser.get("/exports/inspections.csv").content)
    (line,) = [dict(zip(head, row, strict=True)) for row in rows]
    assert (line["total"], line["microwave"], line["clean"], line["state"]) == ("92", "6", "1", "submitted")
    book = book_of(told.browser.get("/exports/inspections.xlsx").content)
    assert book.sheetnames == ["考评表", "改分"]
    assert list(book["改分"].iter_rows(values_only=True))[1][3:6] == ("microwave", 6, "other")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("month=2026-06", 200), ("state=draft", 200), ("union=7", 200), ("rubric=anhui_2024", 200),
        ("month=2026-13", 422), ("month='; DROP", 422), ("state=none", 422), ("union=x", 422),
        ("union=9999999999", 422),
        ("rubric=../etc", 422), ("rubric=" + "x" * 41, 422),
    ],
)  # fmt: skip
def test_filters(told, query, status):
    answer = told.browser.get(f"/exports/inspections.csv?{query}")
    assert answer.status_code == status
    assert status != 200 or len(rows_of(answer.content)) == 1, "only the head"


def test_a_third_party_gets_only_its_own(told):
    third = told.hub.browser("third_party", "third")
    assert len(rows_of(third.get("/exports/inspections.csv").content)) == 1
    assert third.get(f"{told.form}/export.json").status_code == 404


def test_a_third_party_sees_no_photo_of_a_form_it_is_not_named_on(hub):
    told = told_form(hub)
    photo = next(line for line in told.browser.get(f"/api{told.form}/file").json()["lines"] if line["photos"])
    address = f"/photos/{photo['photos'][0]['id']}"
    third = told.hub.browser("third_party", "third")
    with told.hub.session() as session:
        user = accounts.find_user(session, "third")
        assert user and user.id
        session.add(StationGrant(user=user.id, station=told.station))
        session.commit()
    assert third.get(f"/stations/{told.station}").status_code == 200
    assert (third.get(address).status_code, third.get(f"{address}?copy=small").status_code) == (404, 404)
    assert told.browser.get(address).status_code == 200
    with told.hub.session() as session:
        form = session.get_one(Inspection, told.number)
        session.add(
            Assignment(
                id=7,
                station=told.station,
                purpose="third_party",
                due=told.hub.now.date(),
                assigned_at=told.hub.now,
                assigned_by="x",
            )
        )
        session.flush()
        session.add(Assigned(assignment=7, user=user.id))
        form.assignment = 7
        session.add(form)
        session.commit()
    assert third.get(address).status_code == 200


def test_the_file_of_a_station(hub):
    station = hub.healthy("fridge-1")
    browser = hub.browser("inspector", "inspector")
    submitted(browser, begin(browser, station), choice=2)
    files = {}
    for role in ("auditor", "district"):
        answer = hub.browser(role).get(f"/stations/{station}/dossier.zip")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
        with ZipFile(BytesIO(answer.content)) as zipped:
            assert zipped.testzip() is None
            files[role] = {name: zipped.read(name) for name in zipped.namelist()}
    assert set(files["auditor"]) == {
        "README.txt", "station.csv", "facilities.csv", "units.csv", "inspections/1.json", "inspections/1.pdf",
        "findings.csv", "finding_steps.csv", "alerts.csv", "trail.csv",
    }  # fmt: skip
    assert "trail.csv" not in files["district"] and "操作日志" in files["district"]["README.txt"].decode()
    assert files["auditor"]["inspections/1.pdf"].startswith(b"%PDF")
    assert InspectionFile.model_validate_json(files["auditor"]["inspections/1.json"]).findings
    assert len(rows_of(files["auditor"]["findings.csv"])) == 15
    everything = b"".join(files["auditor"].values())
    for secret in (b"mqtt_hash", b"sealed_qr_key", b"phone"):
        assert secret not in everything
    assert browser.get(f"/stations/{station}/dossier.zip").status_code == 403
    assert hub.browser("province").get("/stations/nowhere123/dossier.zip").status_code == 404
