"""The poster as people print it: from a browser on A4, its code read off the paper."""

from io import BytesIO

import pypdfium2 as pdfium
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser

from tests.hub.findings.test_findings_in_chromium import DESK, PHONE, chromium, signed_in, sound
from tests.hub.inspections.conftest import Served
from tests.hub.poster.test_poster import A4, reachable

__all__ = ["chromium"]


def test_it_is_printed_on_one_sheet_and_scanned_off_the_paper_and_off_the_screen(
    chromium: Browser, served: Served
) -> None:
    reachable(served.hub)
    station = served.hub.station()
    link = f"HTTPS://YIZHAN.EXAMPLE.ORG/C/{station.upper()}"
    with signed_in(chromium, served, "district", viewport=DESK) as page:
        page.goto(f"/stations/{station}/poster")
        sound(page)
        document = pdfium.PdfDocument(page.pdf(prefer_css_page_size=True))
        assert len(document) == 1 and all(abs(is_ - a4) < 2 for is_, a4 in zip(document[0].get_size(), A4, strict=True))
        (code,) = zxingcpp.read_barcodes(document[0].render(scale=150 / 72).to_pil())
        assert code.text == link
        assert (code.position.top_right.x - code.position.top_left.x) / 150 * 25.4 >= 70
        assert "12351" in document[0].get_textpage().get_text_range()
        with page.expect_download() as saving:
            page.get_by_role("link", name="PDF").click()
        assert saving.value.suggested_filename == f"waystation-poster-{station}.pdf"
    with signed_in(chromium, served, "district", viewport=PHONE, color_scheme="dark") as page:
        page.goto(f"/stations/{station}/poster")
        sound(page)
        shot = page.locator(".code").screenshot()
        (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(shot)))
        assert code.text == link, "black on white in the dark, too"
