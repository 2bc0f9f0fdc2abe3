"""Annex 3 on paper as eyes see it: the grid and the boxes are found in the picture of the page, not in its text."""

from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from hub.exports import pdf
from hub.exports.paper import Annex, Paper
from tests.hub.exports.test_paper import blank
from tests.hub.looked_at import MAY_DIFFER, far, first_page, rows

REFERENCE = Path(__file__).parent / "reference" / "annex3.png"
"""Our blank form, compared by eye with annex 3 of 沪工援〔2018〕03号. `looked_at.keep` makes it anew."""
TEN, FIVE = "☐10分☐6分☐2分", "☐5分☐3分☐1分"
GRID = [
    ["站点名称", "", "站点编号", ""],
    ["所属工会", ""],
    ["考核项目", "具体项目内容", "评价"],
    ["硬件设施", "提供能够正常使用的冷暖空调", TEN],
    ["提供能够正常使用的冰箱", TEN],
    ["提供能够正常使用的微波炉", TEN],
    ["提供能够正常使用的饮用水设备或茶桶", TEN],
    ["提供能够正常使用的充电用插座", TEN],
    ["提供户外职工休息用餐的桌椅", TEN],
    ["服务人员", "工作人员待人应主动热情、态度亲切", FIVE],
    ["工作人员使用文明用语", FIVE],
    ["工作人员在岗提供相应服务", FIVE],
    ["工作人员引导户外职工二维码签到", FIVE],
    ["站点环境", "铭牌设置在室外醒目位置", FIVE],
    ["《服务公约》设置在室内醒目位置", FIVE],
    ["保持环境清洁", FIVE],
    ["服务区域在3平方米左右", FIVE],
    ["总分", ""],
]
"""The annex as it is printed there: its rows and fields. A part's name spans the rows of the part."""


def page_of(annex: Annex) -> pdfium.PdfPage:
    return first_page(pdf.pdf_of(Paper(annex, (), "zh"), {}, ""))


@pytest.fixture(scope="module")
def page() -> pdfium.PdfPage:
    return page_of(blank())


def test_the_lines_on_the_page_make_the_annexs_rows_and_fields(page: pdfium.PdfPage) -> None:
    assert [[cell.text for cell in row] for row in rows(page)] == GRID


def test_every_line_has_three_boxes_and_nothing_else_has_any(page: pdfium.PdfPage) -> None:
    for row in rows(page):
        assert [cell.boxes for cell in row] == [3 if "☐" in cell.text else 0 for cell in row]


def test_a_part_spans_its_rows_and_the_columns_stand_above_each_other(page: pdfium.PdfPage) -> None:
    found = rows(page)
    for first, number in ((3, 6), (9, 4), (13, 4)):
        part, last = found[first][0].area, found[first + number - 1][-1].area
        assert part.top < found[first][-1].area.top + 3 and last.bottom - 3 < part.bottom
        assert {row[-1].area.left for row in found[first : first + number]} == {found[2][2].area.left}
    lefts, rights = {row[0].area.left for row in found if len(row) != 2 or row[0].text == "总分"}, {
        row[-1].area.right for row in found
    }  # fmt: skip
    assert max(lefts) - min(lefts) <= 2 and max(rights) - min(rights) <= 2


def test_the_page_looks_as_it_did(page: pdfium.PdfPage) -> None:
    assert far(page, REFERENCE) < MAY_DIFFER


def test_a_form_that_looks_otherwise_is_told(page: pdfium.PdfPage, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = blank()
    (part, (first, *others)), *rest = whole.sections
    bare = replace(first, boxes=(first.boxes[0], first.boxes[1].replace("☐", "　"), first.boxes[2]))
    missing = page_of(replace(whole, sections=((part, (bare, *others)), *rest)))
    assert far(missing, REFERENCE) > MAY_DIFFER
    assert [cell.boxes for cell in rows(missing)[3]] == [0, 0, 2]
    shorter = page_of(replace(whole, sections=((part, tuple(others)), *rest)))
    assert far(shorter, REFERENCE) > MAY_DIFFER
    monkeypatch.setattr(pdf, "MAIN", pdf.MAIN.replace("5.6cm", "5.7cm"))
    assert far(page_of(whole), REFERENCE) > MAY_DIFFER, "a column a millimetre wider"
