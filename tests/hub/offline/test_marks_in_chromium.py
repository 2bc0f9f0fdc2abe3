"""A note that is to be put right, ticked where there is no network: it comes to the hub once, and becomes a finding."""

from pathlib import Path

from playwright.sync_api import sync_playwright
from sqlmodel import select

from hub.inspections.tables import AnswerLog, InspectionMark
from tests.browser import expect
from tests.hub.offline.secure import loaded, opened, served, sound

TICK = "备注作为整改项"


def test_a_note_is_ticked_away_from_the_network_and_marked_once(tmp_path: Path) -> None:
    wrong: list[str] = []
    with served(tmp_path) as site, sync_playwright() as playwright:
        with site.phone(playwright, tmp_path / "phone", "zhang") as context:
            page = loaded(context, wrong)
            assert wrong == []
            context.set_offline(True)
            page.get_by_role("link", name="淮河路驿站").click()
            line = page.locator("#tables")
            line.locator('[data-points="10"]').click()
            page.locator("#tables.step-decided").wait_for()
            expect(line.get_by_label(TICK)).to_be_hidden()
            line.get_by_text("备注", exact=True).first.click()
            line.locator("textarea").fill("桌腿松动")
            line.get_by_role("button", name="保存备注").click()
            line.get_by_label(TICK).check()
            line.get_by_text("3 条未发送").wait_for()
            expect(line.get_by_label(TICK)).to_be_checked()
            sound(page)
            # The lowest points become a finding by themselves.
            line.locator("[data-points]").last.click()
            expect(line.get_by_label(TICK)).to_be_hidden()
            line.locator('[data-points="10"]').click()
            expect(line.get_by_label(TICK)).to_be_checked()
            page.get_by_role("link", name="查看未发送").click()
            page.get_by_text(f"{TICK} ☑").wait_for()
            sound(page)
            context.set_offline(False)
            page.get_by_role("status").get_by_text("全部已发送").wait_for()
        with site.phone(playwright, tmp_path / "phone", "zhang") as context:
            page = opened(context)
            page.get_by_role("link", name="淮河路驿站").click()
            expect(page.locator("#tables").get_by_label(TICK)).to_be_checked()
        with site.hub.session() as session:
            assert [(row.key, row.by) for row in session.exec(select(InspectionMark))] == [("tables", "zhang")]
            said = session.exec(select(AnswerLog).where(AnswerLog.what == "mark")).all()
            assert [(row.origin, row.new) for row in said] == [("offline", "桌腿松动")]
