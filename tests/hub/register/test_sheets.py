"""Sheets in and out: every bad row named, good rows kept, nothing computed, nothing written before the word."""

import csv
import io
import json
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from sqlmodel import select

from hub.register import workbook
from hub.register.rows import FILLED
from hub.stations import heads
from hub.stations.store import NO_SECRET, broker_users
from hub.stations.tables import Station
from tests.hub.register.conftest import ENTRY, STATION, Person, Register

HEADER = [
    "序号",
    "推荐站点名称",
    "地址",
    "站点负责人",
    "负责人手机",
    "开放时间",
    "站点区域面积(m²)",
    "服务项目",
    "计划完成时间",
]


def book(*rows: list[object], header: list[str] = HEADER) -> bytes:
    made = Workbook()
    page = made.active
    assert page is not None
    page.append(header)
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sent(person: Person, content: bytes, name: str = "站点.xlsx") -> str:
    """The preview's address."""
    return person.saves("/register/import", files={"file": (name, content, "application/octet-stream")})


def names(register: Register) -> set[str]:
    register.hub.session.expire_all()
    return set(register.hub.session.exec(select(Station.name)).all())


def test_good_rows_are_kept_and_every_bad_one_is_named_with_row_column_value_and_reason(register: Register) -> None:
    district = register.person("district", register.district)
    content = book(
        [1, "一号站", "东路 1 号", "李梅", 13812345678, "周一至周五 8:30-18:00", 4.5, "饮水供给、休息如厕",
         date(2026, 12, 31)],
        [2, "", "东路 2 号"],
        [3, "三号站", "东路 3 号", "", "call me", "from nine", "三", "卡拉OK", "soon"],
        [4, "一号站", "东路 1 号"],
        [5, "河边驿站", "中山路 1 号"],
        [6, "=HYPERLINK(\"http://x\")", "东路 6 号"],
        [],
        [8, "八号站", "东路 8 号"],
    )  # fmt: skip
    place = sent(district, content)
    page = district.get(place).text
    assert names(register) == {"河边驿站"}, "only looked at"
    for said in (
        "此项必填", "须为电话号码", "须为开放时间", "0.1 到 10000", "须为其中之一", "须为日期", "与第 2 行重复",
        "登记中已有：河边驿站", "是公式，不会计算", "call me", "卡拉OK",
    ):  # fmt: skip
        assert said in page, said
    assert "导入无误的 2 行" in page
    district.saves(place)
    assert names(register) == {"河边驿站", "一号站", "八号站"}
    session = register.hub.session
    one = session.exec(select(Station).where(Station.name == "一号站")).one()
    assert (one.area_m2, one.services, str(one.planned_on)) == (4.5, ["water", "rest"], "2026-12-31")
    assert (one.opening["start"], one.opening["weekdays"]) == ("08:30", [0, 1, 2, 3, 4])
    assert (one.union, one.standing, one.mqtt_hash) == (register.district, "planned", NO_SECRET)
    assert one.id not in {user.station for user in broker_users(session)}, "nobody connects without a secret"
    head = heads.head(session, one.id)
    assert head is not None
    assert (head.name, head.phone) == ("李梅", "13812345678")
    [row] = register.trail("register.import")
    assert set(json.loads(row.new or "")["new"].values()) == {"一号站", "八号站"}
    assert district.post(place).status_code == 409, "not twice"
    assert len(names(register)) == 3
    bad = load_workbook(io.BytesIO(district.get(f"{place}/bad.xlsx").content)).active
    assert bad is not None
    rows = [[cell.value for cell in row] for row in bad.iter_rows()]
    assert rows[0] == [*HEADER, "原因"]
    assert [row[0] for row in rows[1:]] == ["2", "3", "4", "5", "6"]
    assert rows[1][-1] == "第 3 行 推荐站点名称：此项必填。"
    assert {cell.data_type for row in bad.iter_rows() for cell in row if cell.value} == {"s"}
    again = sent(district, district.get(f"{place}/bad.xlsx").content)
    assert "第 3 行" not in district.get(again).text, "the reasons are no field"


def test_a_preview_is_its_senders_alone(register: Register) -> None:
    district = register.person("district", register.district)
    place = sent(district, book([1, "一号站", "东路 1 号", "李梅", 13812345678]))
    other = register.person("administrator")
    for address in (place, f"{place}/bad.xlsx"):
        assert other.get(address).status_code == 404
    assert other.post(place).status_code == 404
    assert district.get("/register/import/" + "0" * 32).status_code == 404
    assert district.get("/register/import/nonsense").status_code == 404
    assert register.person("inspector").get("/register/import").status_code == 403


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_of_every_office_is_read(register: Register, encoding: str, delimiter: str) -> None:
    person = register.person("administrator")
    rows = delimiter.join(HEADER[1:4]) + "\r\n" + delimiter.join(["一号站", '"东路 ""1"" 号"', "李梅"]) + "\r\n"
    place = sent(person, rows.encode(encoding), "站点.csv")
    person.saves(place)
    stored = register.hub.session.exec(select(Station).where(Station.name == "一号站")).one()
    assert stored.address == '东路 "1" 号'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "请选择文件"),
        (b"\xff\xfe\x00\x01\x80", "不是可读的"),
        (b"PK\x03\x04 but no archive", "不是可读的"),
        (b"a\0b", "不是可读的"),
        ("名字,地方\n一,二\n".encode(), "前十行里没有表头"),
        ("推荐站点名称,门牌\n一,二\n".encode(), "不认识的表头：门牌；缺少的表头：地址"),
        ("推荐站点名称,地址,地址\n一,二,三\n".encode(), "重复的表头：地址"),
        (("推荐站点名称,地址\n" + "一,二\n" * 10_001).encode(), "最多 10000 行"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_in_words(register: Register, content: bytes, said: str) -> None:
    person = register.person("administrator")
    assert said in person.refused("/register/import", files={"file": ("x.xlsx", content, "text/csv")})


def test_what_unpacks_too_large_is_not_unpacked(register: Register) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (workbook.LARGEST_UNPACKED + 1))
    person = register.person("administrator")
    page = person.refused("/register/import", files={"file": ("x.xlsx", packed.getvalue(), "text/csv")})
    assert "文件太大" in page
    large = {"file": ("x.csv", b"0" * (9 * 1024 * 1024), "text/csv")}
    assert person.post("/register/import", files=large).status_code in (413, 422)


def test_a_row_with_an_id_changes_that_station_and_only_what_the_sheet_has(register: Register) -> None:
    station = register.station()
    station.area_m2 = 9.0
    register.hub.add(station)
    register.hub.station("b2c3d4e5f6", "山上驿站", heard=False, union=register.other)
    district = register.person("district", register.district)
    header = ["站点标识", "推荐站点名称", "地址", "站点负责人", "编号", "类型"]
    place = sent(district, book(
        [STATION, "河边驿站", "新路 2 号", "李梅", "", "普通站点"],
        ["b2c3d4e5f6", "山上驿站", "中山路 1 号"],
        ["", "新站", "新路 9 号", "", "12055100001", ""],
        header=header,
    ))  # fmt: skip
    page = district.get(place).text
    assert "不在您的管辖内" in page
    assert "编码只能由省总工会核发" in page
    district.saves(place)
    stored = register.station()
    assert (stored.address, stored.area_m2, stored.kind) == ("新路 2 号", 9.0, "normal")
    head = heads.head(register.hub.session, STATION)
    assert head is not None
    assert head.name == "李梅"
    [row] = register.trail("register.import")
    assert json.loads(row.old or "")[STATION]["address"] == "中山路 1 号"


def test_the_province_imports_codes_by_the_rule_each_once(register: Register) -> None:
    province = register.person("province")
    header = ["推荐站点名称", "地址", "编号", "类型", "所属工会"]
    place = sent(province, book(
        ["一", "1", "12055100041", "普通站点", "蜀山区总工会"],
        ["二", "2", "12055100042s", "微站点", "包河区总工会"],
        ["三", "3", "12055100041", "普通站点", "蜀山区总工会"],
        ["四", "4", "12055100042", "普通站点", "蜀山区总工会"],
        ["五", "5", "12055100043", "微站点", "蜀山区总工会"],
        ["六", "6", "13055100044", "普通站点", "蜀山区总工会"],
        ["七", "7", "", "", "火星总工会"],
        header=header,
    ))  # fmt: skip
    page = province.get(place).text
    assert page.count("不符合编码规则") == 2
    assert "没有这个名称的工会" in page
    assert "导入无误的 2 行" in page
    province.saves(place)
    province.saves(f"{ENTRY}/code-request", {"area": "0551"})
    province.saves("/register/codes/1", {"decision": "give"})
    assert register.station().code == "12055100043"


def test_what_is_exported_is_text_and_comes_back_unchanged(register: Register) -> None:
    register.hub.station(
        "b2c3d4e5f6", "=1+1", heard=False, union=register.district, address="@SUM(A1)", services=["water"],
        latitude=31.5, longitude=117.25, area_m2=3.5, plaque_number="-7", carrier="bank", other_services="+86",
    )  # fmt: skip
    person = register.person("district", register.district)
    person.saves(f"{ENTRY}/head", {"name": "李梅", "phone": "13812345678"})
    answer = person.get("/register/export.xlsx")
    assert answer.headers["content-type"] == workbook.XLSX
    page = load_workbook(io.BytesIO(answer.content)).active
    assert page is not None
    cells = [cell for row in page.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in page[1]][:9] == HEADER
    rows = list(csv.reader(io.StringIO(person.get("/register/export.csv").content.decode("utf-8-sig"))))
    assert rows[0] == [column.label.zh for column in FILLED]
    assert rows[1][1:3] == ["'=1+1", "'@SUM(A1)"]
    assert rows[2][3:6] == ["李梅", "13812345678", "09:00-17:00"]
    for content, name in ((answer.content, "x.xlsx"), (person.get("/register/export.csv").content, "x.csv")):
        told = person.get(sent(person, content, name)).text
        assert "没有可导入的行" in told
        assert "有误的行" not in told
    assert len(register.trail("register.export")) == 3, "who took the numbers out is known"
    assert register.person("inspector").get("/register/export.xlsx").status_code == 403


def test_annex_2_is_printed_as_it_is_in_the_regulation(register: Register) -> None:
    person = register.person("district", register.district)
    person.saves(f"{ENTRY}/head", {"name": "李梅", "phone": "13812345678"})
    address = f"/register/print?union={register.district}"
    form = {
        "recommending": str(register.district),
        "name": "周主席",
        "email": "union@example.org",
        "phone": "0551-6000",
    }
    assert "须为电子邮箱" in person.refused(address, form | {"email": "no mail"})
    assert person.saves(address, form) == address
    assert person.post(address, form | {"recommending": str(register.other)}).status_code == 404
    page = person.get(address).text
    paper = page[page.index('<section class="filing"') :]
    order = [
        "附件 2", "创设“户外职工爱心接力站”备案表",
        "推荐单位名称", "(区、产业局工会)", "蜀山区总工会", "负责人姓名", "周主席",
        "负责人邮箱", "union@example.org", "负责人电话", "0551-6000", "推荐站点主要信息 (可附页)",
        "序号", "推荐站点名称", "地址", "站点负责人", "负责人手机", "开放时间", "站点区域面积(m²)",
        "服务项目", "(结合站点实际填写)", "(饮水供给、避暑取暖、餐食加热、手机充电、休息如厕、其他服务项目)",
        "计划完成时间", "河边驿站", "中山路 1 号", "李梅", "13812345678", "09:00-17:00",
        "负责人签名", "推荐单位盖章",
        "备注：1、《备案表》一式三份，其中一份推荐单位自行存档，两份上报市总职工援助服务中心。",
    ]  # fmt: skip
    at = 0
    for words in order:
        at = paper.index(words, at)
    assert "左" not in paper
    assert register.person("auditor").get(address).status_code == 403
    assert "0551-6000" not in register.person("district", register.other).get(address).text
