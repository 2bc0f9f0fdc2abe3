"""Whose phone is it: a sign-in that has expired, another person, somebody who leaves, and a phone that is full."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Dialog, Page, Playwright, sync_playwright
from sqlmodel import select

from hub.accounts import store as accounts
from hub.inspections.tables import InspectionItem
from hub.photos.picture import LARGEST_BYTES
from hub.photos.tables import Photo
from tests.browser import expect
from tests.hub.offline.secure import Site, loaded, served, sound
from tests.photos import jpeg

PASSWORD = "rainy-street-42"


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as found:
        yield found


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with served(tmp_path) as found:
        with found.hub.session() as session:
            for name in ("zhang", "li"):
                accounts.set_password(session, name, PASSWORD)
            session.commit()
        # A new password ends the sessions there were.
        for name in ("zhang", "li"):
            found.hub.browser("inspector", name)
        yield found


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("姓名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def kept(site: Site) -> dict[str, int | None]:
    with site.hub.session() as session:
        return {item.key: item.points for item in session.exec(select(InspectionItem))}


def score_tables(page: Page) -> None:
    page.get_by_role("link", name="淮河路驿站").click()
    page.locator('#tables [data-points="10"]').click()
    page.locator("#tables.step-decided").wait_for()


def test_entries_wait_for_their_own_person(site: Site, playwright: Playwright, tmp_path: Path) -> None:
    with site.phone(playwright, tmp_path / "phone", "zhang") as context:
        page = loaded(context)
        context.set_offline(True)
        score_tables(page)
        site.hub.now += timedelta(days=8)
        context.set_offline(False)
        page.get_by_text("登录已过期").wait_for()
        page.get_by_text("1 条未发送").first.wait_for()
        sound(page)

        # Somebody else signs in on this phone: nothing of the first is touched, and nothing of it is shown as theirs.
        page.get_by_role("link", name="登录", exact=True).click()
        sign_in(page, "li")
        page.get_by_text("登录的是另一个人").wait_for()
        sound(page)
        page.get_by_role("link", name="换成 li 使用").click()
        page.get_by_text("zhang：1 条。只有本人登录后才能打开和发送。").wait_for()
        page.get_by_role("link", name="淮河路驿站").click()
        page.locator("#tables").get_by_text("未打分").wait_for()
        assert kept(site) == {}
        # All sent: leaving wipes what was theirs, and what is not theirs stays closed.
        page.get_by_role("button", name="退出").click()
        page.get_by_role("heading", name="登录").wait_for()
        assert page.evaluate("indexedDB.databases().then(found => found.length)") == 1

        sign_in(page, "zhang")
        page.goto("/inspections/app")
        page.get_by_role("status").get_by_text("全部已发送").wait_for()
        assert kept(site) == {"tables": 10}


def test_leaving_with_something_unsent_is_asked_and_locks(site: Site, playwright: Playwright, tmp_path: Path) -> None:
    with site.phone(playwright, tmp_path / "phone", "zhang") as context:
        page = loaded(context)
        context.set_offline(True)
        score_tables(page)
        said: list[str] = []

        def dismiss(dialog: Dialog) -> None:
            said.append(dialog.message)
            dialog.dismiss()

        page.once("dialog", dismiss)
        with page.expect_event("dialog"):
            page.get_by_role("button", name="退出").click()
        page.locator("#tables.step-decided").wait_for()
        assert said and "还有 1 条没有发送" in said[0]
        page.once("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="退出").click()
        page.get_by_text("本机已锁上").wait_for()
        page.reload()
        page.get_by_text("本机已锁上").wait_for()
        assert page.get_by_text("淮河路驿站").count() == 0
        # The person signs in again: it was all kept.
        context.set_offline(False)
        page.reload()
        page.get_by_role("link", name="登录", exact=True).click()
        sign_in(page, "zhang")
        page.get_by_role("status").get_by_text("全部已发送").wait_for()
        assert kept(site) == {"tables": 10}


def test_a_photo_of_ten_megabytes_goes_and_a_full_phone_says_so(
    site: Site, playwright: Playwright, tmp_path: Path
) -> None:
    content = jpeg()
    small, large, larger = (tmp_path / f"{name}.jpg" for name in ("small", "large", "larger"))
    small.write_bytes(content)
    # Of bytes that do not pack: a browser counts what lies on its disk.
    large.write_bytes(content + Random(1).randbytes(LARGEST_BYTES - len(content)))
    larger.write_bytes(content + bytes(LARGEST_BYTES))
    with site.phone(playwright, tmp_path / "phone", "zhang") as context:
        page = loaded(context)
        page.get_by_role("link", name="淮河路驿站").click()
        camera = page.locator("#tables input[type=file]")
        camera.set_input_files(larger)
        page.locator("#tables").get_by_text("照片太大").wait_for()
        camera.set_input_files(large)
        page.locator("#tables").get_by_text("已在中心").wait_for(timeout=60_000)
        with site.hub.session() as session:
            assert [photo.bytes for photo in session.exec(select(Photo))] == [LARGEST_BYTES]

    with site.phone(playwright, tmp_path / "full phone", "zhang") as context:
        page = context.new_page()
        page.goto("/sign-in")
        room = {"origin": site.address, "quotaSize": 5_000_000}
        context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", room)
        page = loaded(context)
        context.set_offline(True)
        page.get_by_role("link", name="淮河路驿站").click()
        camera = page.locator("#fridge input[type=file]")
        camera.set_input_files(large)
        page.get_by_text("本机空间不足，刚才的内容没有保存").wait_for()
        sound(page)
        assert page.locator("#fridge .photo").count() == 0
        camera.set_input_files(small)
        page.locator("#fridge .photo").wait_for()
        expect(page.get_by_text("本机空间不足")).to_have_count(0)
        page.get_by_text("1 条未发送").first.wait_for()
