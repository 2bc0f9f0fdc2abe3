"""Annex 2 (备案表) as it comes out of a printer: its grid is found in the picture of the page, not in its text."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pypdfium2 as pdfium
import pytest
import uvicorn
from playwright.sync_api import Page, sync_playwright

from hub.security import SESSION_COOKIE
from hub.server import Server
from tests.hub.looked_at import MAY_DIFFER, far, first_page, rows
from tests.hub.register.conftest import Register

REFERENCE = Path(__file__).parent / "reference" / "annex2.png"
"""Our blank form, compared by eye with annex 2 of 沪工援〔2018〕03号. `looked_at.keep` makes it anew."""
SERVICES = "服务项目(结合站点实际填写)(饮水供给、避暑取暖、餐食加热、手机充电、休息如厕、其他服务项目)"
GRID = [
    ["推荐单位名称(区、产业局工会)", "", "负责人姓名", ""],
    ["负责人邮箱", "", "负责人电话", ""],
    ["推荐站点主要信息(可附页)"],
    [
        "序号",
        "推荐站点名称",
        "地址",
        "站点负责人",
        "负责人手机",
        "开放时间",
        "站点区域面积(m²)",
        SERVICES,
        "计划完成时间",
    ],
    [""] * 9,
    ["推荐单位负责人签名", "", "推荐单位盖章", ""],
]
"""The annex as it is printed there: its rows and fields."""


@pytest.fixture
def page(register: Register) -> Iterator[Page]:
    """The form of no station: blank."""
    register.person("administrator", name="admin")
    server = Server(uvicorn.Config(register.app, log_level="warning"), register.app.state.closing)
    with socket.create_server(("127.0.0.1", 0)) as listening, sync_playwright() as playwright:
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        context = browser.new_context(base_url=address)
        context.add_cookies([{"name": SESSION_COOKIE, "value": "admin", "url": address}])
        found = context.new_page()
        found.goto("/register/print?q=nobody+is+called+so")
        yield found
        browser.close()
        server.close()
        thread.join()


def printed(page: Page) -> pdfium.PdfPage:
    return first_page(page.pdf(prefer_css_page_size=True))


def test_the_printed_blank_form_is_annex_2(page: Page) -> None:
    paper = printed(page)
    found = rows(paper)
    assert [[cell.text for cell in row] for row in found] == GRID
    assert not any(cell.boxes for row in found for cell in row)
    lefts, rights = {row[0].area.left for row in found}, {row[-1].area.right for row in found}
    assert max(lefts) - min(lefts) <= 2 and max(rights) - min(rights) <= 2
    # The fields of the first rows stand above the columns they span.
    columns = [cell.area.left for cell in found[3]]
    for row in (found[0], found[1], found[5]):
        assert all(min(abs(cell.area.left - left) for left in columns) <= 2 for cell in row)
    assert far(paper, REFERENCE) < MAY_DIFFER
    page.evaluate("document.querySelector('.filing .names th:last-child').remove()")
    assert far(printed(page), REFERENCE) > MAY_DIFFER
