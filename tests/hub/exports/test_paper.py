"""On paper: the annex word for word and in its order, the evidence behind it; the same in the PDF, with its fonts."""

import re
import time
from ctypes import c_int
from html import unescape
from typing import Any

import pypdfium2 as pdfium
import pytest

from hub.accounts import store as accounts
from hub.exports import pdf
from hub.exports.paper import annex_of
from hub.inspections.sheet import Head, sheet_of
from hub.inspections.tables import InspectionItem
from hub.rulebook import rulebooks
from shared.text import Text
from tests.hub.exports.told import NASTY, told_form
from tests.hub.inspections.forms import begin

ANNEX = """
户外职工爱心接力站抽查考评表
站点名称 站点编号
所属工会
考核项目 具体项目内容 评价
硬件设施 提供能够正常使用的冷暖空调 □10分 □6分 □2分
提供能够正常使用的冰箱 □10分 □6分 □2分
提供能够正常使用的微波炉 □10分 □6分 □2分
提供能够正常使用的饮用水设备或茶桶 □10分 □6分 □2分
提供能够正常使用的充电用插座 □10分 □6分 □2分
提供户外职工休息用餐的桌椅 □10分 □6分 □2分
服务人员 工作人员待人应主动热情、态度亲切 □5分 □3分 □1分
工作人员使用文明用语 □5分 □3分 □1分
工作人员在岗提供相应服务 □5分 □3分 □1分
工作人员引导户外职工二维码签到 □5分 □3分 □1分
站点环境 铭牌设置在室外醒目位置 □5分 □3分 □1分
《服务公约》设置在室内醒目位置 □5分 □3分 □1分
保持环境清洁 □5分 □3分 □1分
服务区域在 3 平方米左右 □5分 □3分 □1分
总分
"""
"""Annex 3 of 沪工援〔2018〕03号, as it is printed."""


def squeezed(text: str) -> str:
    """Without spaces, the empty box as one sign: what is compared is words, boxes and order."""
    return re.sub(r"\s+", "", text).replace("☐", "□")


def printed(page: str) -> str:
    """The annex as somebody reads it off the page."""
    found = re.search(r'<section class="annex".*?</section>', page, re.DOTALL)
    assert found
    return unescape(re.sub(r"<[^>]+>", " ", found[0]))


def pages_of(content: bytes) -> list[str]:
    document = pdfium.PdfDocument(content)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def blank() -> Any:
    book = rulebooks()["shanghai_2018"]
    assert book.rubric
    at = None
    head = Head(1, "k3v9x2m7qa", Text("", ""), "", "", book, book, at, "", at, at)  # type: ignore[arg-type]
    return annex_of(sheet_of(head, book.rubric, {}), None)


def test_the_blank_form_is_annex_three_word_for_word():
    assert squeezed("".join(blank().lines())) == squeezed(ANNEX)


def test_the_rulebook_has_the_annex_in_its_order():
    rubric = rulebooks()["shanghai_2018"].rubric
    assert rubric
    lines = [rubric.title.zh, *(label.zh for label in rubric.head), *(column.zh for column in rubric.columns)]
    for section in rubric.sections:
        lines.append(section.text.zh)
        for item in section.items:
            lines += [item.text.zh, *(f"□{points}分" for points in item.points)]
    assert squeezed("".join([*lines, rubric.total.zh])) == squeezed(ANNEX)


def filled_in() -> str:
    """Annex 3 as the form of `told` must read."""
    rows = squeezed(ANNEX).replace("站点名称", "站点名称淮河路驿站").replace("站点编号", "站点编号HP-0042")
    rows = rows.replace("所属工会", "所属工会黄浦区总工会").replace("□10分", "☑10分").replace("□5分", "☑5分")
    rows = rows.replace("微波炉☑10分□6分", "微波炉□10分☑6分").replace("清洁☑5分□3分□1分", "清洁□5分□3分☑1分")
    return rows + "92"


def test_the_page_prints_the_annex_filled_in(told):
    assert squeezed(printed(told.browser.get(f"{told.form}/print").text)) == filled_in()


def test_the_first_page_of_the_pdf_is_the_annex_and_nothing_else(told):
    pages = pages_of(told.browser.get(f"{told.form}/export.pdf").content)
    assert squeezed(pages[0]) == filled_in()
    assert len(pages) > 1


EVIDENCE = [
    "附：依据（不属于考评表）", "系统解读", "上海市户外职工爱心接力站管理办法（试行）2018", "沪工援〔2018〕03号",
    "附件3", "到场证明", "未证明", "拒绝签名：不同意卫生评分", "王检查", "92/100", "规则R11", "观测期", "观察覆盖率",
    "可用率（最坏–最好）", "封存校验码（SHA-256）", "与建议不同的理由", "其他（请说明）", "地面有积水", "箱内13.4℃",
    "功能验证", "SHA-256", "版本", "整改", "尚未复核",
]  # fmt: skip


def test_the_appendix_has_the_evidence_on_paper_and_in_the_pdf(told):
    said = told.browser.get(f"/api{told.form}/file").json()
    photo = next(line for line in said["lines"] if line["photos"])["photos"][0]
    seal = next(line for line in said["inspection"]["lines"] if line["seal"])["seal"]
    page = squeezed(unescape(re.sub(r"<[^>]+>", " ", told.browser.get(f"{told.form}/print").text)))
    paper = squeezed("".join(pages_of(told.browser.get(f"{told.form}/export.pdf").content)[1:]))
    for text in [*EVIDENCE, photo["sha256"], seal, said["versions"][0]["digest"]]:
        assert squeezed(text) in page, text
        assert squeezed(text) in paper, text
    assert "地面有积水" in paper and f"/photos/{photo['id']}?copy=shown" in told.browser.get(f"{told.form}/print").text


def test_what_people_typed_is_text_in_the_pdf_and_on_the_page(told):
    paper = squeezed("".join(pages_of(told.browser.get(f"{told.form}/export.pdf").content)))
    assert paper.count(squeezed(NASTY)) == 2, "the note and the remark"
    assert "<b>&amp;amp;</b>" not in told.browser.get(f"{told.form}/print").text
    assert "&lt;b&gt;" in told.browser.get(f"{told.form}/print").text


def test_every_font_is_in_the_pdf_and_no_letter_is_missing(told):
    document = pdfium.PdfDocument(told.browser.get(f"{told.form}/export.pdf").content)
    fonts = 0
    for page in document:
        for thing in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.raw.FPDFTextObj_GetFont(thing.raw)
            assert pdfium.raw.FPDFFont_GetIsEmbedded(font) == 1
            fonts += 1
        text = page.get_textpage()
        unmapped = [
            sign
            for sign in range(text.count_chars())
            if pdfium.raw.FPDFText_HasUnicodeMapError(text.raw, c_int(sign)) == 1
        ]
        assert unmapped == []
    assert fonts > 50


def test_the_same_form_is_a_pdf_in_two_seconds(told):
    told.browser.get(f"{told.form}/export.pdf")
    began = time.process_time()
    answer = told.browser.get(f"{told.form}/export.pdf")
    assert time.process_time() - began < 2
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["content-disposition"].startswith("attachment")


def test_without_the_font_there_is_no_pdf_and_the_reason_is_said(hub):
    hub.app.state.settings = hub.app.state.settings.model_copy(update={"pdf_font": "No Such Font"})
    browser = hub.browser("inspector", "inspector")
    answer = browser.get(f"{begin(browser, hub.station('fridge-1'))}/export.pdf")
    assert answer.status_code == 503 and "fonts-noto-cjk" in answer.text


def test_the_font_is_found_by_its_name():
    assert pdf.font_for("") in pdf.DEFAULTS
    with pytest.raises(pdf.NoFont, match="apt install fonts-noto-cjk"):
        pdf.font_for("No Such Font")


def test_a_draft_prints_without_a_total(hub):
    browser = hub.browser("inspector", "inspector")
    form = begin(browser, hub.station("fridge-1"))
    rows = squeezed(printed(browser.get(f"{form}/print").text))
    assert rows.endswith("总分") and "☑" not in rows
    assert "草稿，尚未提交" in browser.get(f"{form}/print").text
    assert pages_of(browser.get(f"{form}/export.pdf").content)[0].rstrip().endswith("总分")


def test_english_speakers_get_the_annex_in_chinese_and_the_appendix_in_english(told):
    reader = told.hub.browser("auditor", "reader")
    assert reader.post("/language", language="en").status_code == 303
    pages = pages_of(reader.get(f"{told.form}/export.pdf").content)
    assert squeezed(pages[0]) == filled_in()
    assert "Refused to sign" in "".join(pages[1:]) and "Why otherwise than proposed" in " ".join(
        "".join(pages[1:]).split()
    )


def test_a_broken_seal_is_not_printed(hub):
    told = told_form(hub)
    with told.hub.session() as session:
        row = session.get(InspectionItem, (told.number, "fridge"))
        assert row and row.proposal
        row.proposal = row.proposal | {"points": 2}
        session.add(row)
        session.commit()
    for kind in ("export.pdf", "export.json", "export.xlsx", "print"):
        assert told.browser.get(f"{told.form}/{kind}").status_code == 409, kind


def test_strangers_and_others_get_nothing(told):
    other = told.hub.browser("district", "elsewhere")
    with told.hub.session() as session:
        user = accounts.find_user(session, "elsewhere")
        assert user
        user.everywhere = False
        session.add(user)
        session.commit()
    for path in ("print", "export.pdf", "export.json"):
        assert other.get(f"{told.form}/{path}").status_code == 404
    assert told.hub.browser().get(f"{told.form}/export.pdf").status_code == 303
    assert told.browser.get(f"{told.form}/export.exe").status_code == 404
