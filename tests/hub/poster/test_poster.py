"""The poster: on the page and in the PDF the same words, and a code that leads to this station."""

import re
from datetime import date
from html import unescape
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pytest
import zxingcpp

from hub.poster import qr
from hub.poster.content import hours, poster
from hub.stations.hotline import HOTLINE, hotline_of
from hub.stations.roster import pledge
from shared.opening import Opening
from shared.text import Text
from tests.hub.inspections.conftest import Hub

URL = "https://yizhan.example.org"
A4 = (595, 842)


def reachable(hub: Hub, url: str = URL) -> None:
    """Phones reach the hub there from now on."""
    hub.app.state.settings = hub.app.state.settings.model_copy(update={"public_url": url})


def read(content: bytes) -> tuple[str, list[Any], pdfium.PdfDocument]:
    """Text of the first page, and the codes on it as a phone reads them, at 150 dots an inch."""
    document = pdfium.PdfDocument(content)
    page = document[0]
    image = np.asarray(page.render(scale=150 / 72).to_pil().convert("L"))
    return page.get_textpage().get_text_range(), zxingcpp.read_barcodes(image), document


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_pdf_has_the_pledge_the_hotline_and_a_code_that_leads_here(hub):
    reachable(hub)
    station = hub.station(name="淮河路驿站", address="淮河路 7 号", opening=Opening(start="08:30", end="18:00"))
    answer = hub.browser("district").get(f"/stations/{station}/poster.pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    text, codes, document = read(answer.content)
    (code,) = codes
    assert code.text == f"HTTPS://YIZHAN.EXAMPLE.ORG/C/{station.upper()}"
    assert code.text.isupper() and code.text.startswith(URL.upper())
    said = squeezed(text)
    promises = pledge(Opening(start="08:30", end="18:00"))
    filed = ["淮河路驿站", "淮河路 7 号", "每天 08:30–18:00", "HP-0042", "打印 2026-07-20"]
    deeds = ["12351", "24 小时", "签到", "评价", "报修", "投诉"]
    for words in (*filed, *deeds, *(one.zh for one in promises), *(one.en for one in promises)):
        assert squeezed(words) in said, words
    assert len(document) == 1 and tuple(round(side) for side in document[0].get_size()) == A4
    corners = code.position
    width_mm = (corners.top_right.x - corners.top_left.x) / 150 * 25.4
    assert width_mm >= 70
    for thing in document[0].get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT]):
        assert pdfium.raw.FPDFFont_GetIsEmbedded(pdfium.raw.FPDFTextObj_GetFont(thing.raw)) == 1


def test_the_page_has_the_same_words(hub):
    reachable(hub, URL + "/")
    station = hub.station(
        name="桥头 <b>驿站</b>", name_en="Bridge", address="桥头 1 号", opening=Opening(weekdays=[0, 1, 2, 3, 4])
    )
    page = hub.browser("district").get(f"/stations/{station}/poster").text
    text = squeezed(unescape(re.sub(r"<[^>]+>", " ", page)))
    hours_and_pledge = ["周一至周五 09:00–17:00", "Mon–Fri", "服务公约", "一律不收费"]
    for words in (
        "桥头 <b>驿站</b>",
        "Bridge",
        "12351",
        "版本",
        *hours_and_pledge,
        f"{URL.upper()}/C/{station.upper()}",
    ):
        assert squeezed(words) in text, words
    assert "<b>驿站</b>" not in page and "style=" not in page
    assert 'fill="#fff"' in page and 'stroke="#000"' in page


def test_without_an_address_for_phones_it_says_what_to_set_and_prints_no_dead_code(hub):
    station = hub.station()
    officer = hub.browser("district")
    page = officer.get(f"/stations/{station}/poster")
    assert page.status_code == 200 and "public_url" in page.text and "<svg xmlns" not in page.text
    assert "poster.pdf" not in page.text
    refused = officer.get(f"/stations/{station}/poster.pdf")
    assert refused.status_code == 409 and "public_url" in refused.text


def test_the_longest_names_stay_on_one_sheet_and_are_text(hub):
    reachable(hub, URL + "/a-rather-long-path/behind/a-gateway")
    station = hub.station(
        name='#set text(red) *驿站* $x$ "引号"' + "长" * 30, name_en="A very long English name of a station " * 3,
        address="很长的地址" * 16, opening=Opening(weekdays=[0, 2, 4, 6]),
    )  # fmt: skip
    text, (code,), document = read(hub.browser("district").get(f"/stations/{station}/poster.pdf").content)
    assert len(document) == 1
    assert squeezed('#set text(red) *驿站* $x$ "引号"') in squeezed(text)
    assert code.text == f"{URL}/a-rather-long-path/behind/a-gateway/C/{station}".upper()


def test_strangers_and_others_get_none(hub):
    reachable(hub)
    station = hub.station()
    assert hub.browser().get(f"/stations/{station}/poster").status_code == 303
    for path in ("poster", "poster.pdf"):
        assert hub.browser("district", path).get(f"/stations/aaaaaaaaaa/{path}").status_code == 404


def test_it_is_linked_from_the_station(hub):
    station = hub.station()
    assert f'href="/stations/{station}/poster"' in hub.browser("district").get(f"/stations/{station}").text


def test_without_the_font_there_is_no_pdf_and_the_reason_is_said(hub):
    reachable(hub)
    hub.app.state.settings = hub.app.state.settings.model_copy(update={"pdf_font": "No Such Font"})
    answer = hub.browser("district").get(f"/stations/{hub.station()}/poster.pdf")
    assert answer.status_code == 503 and "fonts-noto-cjk" in answer.text


@pytest.mark.parametrize(
    ("weekdays", "said"),
    [
        ([0, 1, 2, 3, 4, 5, 6], "每天 09:00–17:00"), ([4, 0, 1, 2, 3, 0], "周一至周五 09:00–17:00"),
        ([5, 6], "周六、周日 09:00–17:00"), ([0, 2, 4], "周一、周三、周五 09:00–17:00"), ([], "以现场通知为准"),
    ],
)  # fmt: skip
def test_hours_are_said_as_people_say_them(weekdays: list[int], said: str) -> None:
    assert hours(Opening(weekdays=weekdays)).zh == said


def test_another_version_as_soon_as_anything_on_it_is_another() -> None:
    def version(**more: Any) -> str:
        said = {
            "name": Text("站", "Station"), "address": "", "opening": Opening(), "hotline": "12351", "code": None,
            "plaque": None, "link": "X", "today": date(2026, 7, 15),
        } | more  # fmt: skip
        return poster(**said).version

    assert version() == version(today=date(2027, 1, 1))
    for other in ({"opening": Opening(end="18:00")}, {"link": "Y"}, {"hotline": "12333"}, {"plaque": "P-7"}):
        assert version(**other) != version()


def test_every_edition_has_a_hotline() -> None:
    assert hotline_of("shanghai_2018") == hotline_of("anhui_2024") == hotline_of("nowhere_1999") == HOTLINE == "12351"


def test_the_code_is_alphanumeric_and_survives_scratches() -> None:
    address = qr.static_address(URL, "k3v9x2m7qa")
    svg = qr.drawn(address)
    assert "style" not in svg and "class" not in svg
    side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])  # type: ignore[index]
    assert side == 29 + 2 * qr.QUIET_ZONE, "version 3: bytes would need a larger one"
