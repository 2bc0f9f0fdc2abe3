"""An inspector away from any network: the hub is gone, the phone is switched off and on, and nothing is lost."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, Route, sync_playwright
from sqlmodel import select

from hub.findings.tables import Finding
from hub.inspections.tables import AnswerLog, Inspection, InspectionItem, InspectionPhoto, InspectionSignature
from hub.offline.tables import OfflineEntry
from hub.photos import store as photos
from tests.browser import expect, wait_until
from tests.hub.inspections.conftest import VISIT
from tests.hub.offline.devices import Device, client_of, code_of, sign_in_again
from tests.hub.offline.sealed import DUMP, PASSPHRASE, choose, plain_in, unlock
from tests.hub.offline.secure import Site, loaded, opened, served, sound
from tests.photos import jpeg

AWAY = timedelta(hours=72)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as found:
        yield found


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with served(tmp_path) as found:
        yield found


def leave(site: Site, context: BrowserContext) -> None:
    """No network, and no hub either."""
    context.set_offline(True)
    site.go()


def come_back(site: Site, context: BrowserContext) -> None:
    site.come()
    context.set_offline(False)


def answer(page: Page, key: str, look: str, points: int) -> None:
    """One line, as far as it goes."""
    line = page.locator(f"#{key}")
    if line.get_by_role("button", name=look, exact=True).is_visible():
        line.get_by_role("button", name=look, exact=True).click()
        reveal = line.get_by_role("button", name="查看系统建议和依据")
        line.locator("[aria-pressed=true]").wait_for()
        if reveal.is_visible():
            reveal.click()
            line.locator(".proposed").wait_for()
    line.locator(f'[data-points="{points}"]').click()
    page.locator(f"#{key}.step-decided").wait_for()


def test_a_whole_inspection_without_a_network(site: Site, playwright: Playwright, tmp_path: Path) -> None:
    hub, photo, wrong = site.hub, tmp_path / "photo.jpg", []  # type: ignore[var-annotated]
    photo.write_bytes(jpeg(place=True))
    code = code_of(hub, VISIT)
    with site.phone(playwright, tmp_path / "phone", "zhang") as context:
        page = loaded(context, wrong)
        sound(page)
        choose(page, "short", "short")
        page.get_by_text("口令至少要 8 个字").wait_for()
        choose(page, PASSPHRASE, "something else")
        page.get_by_text("两次输入不一样").wait_for()
        sound(page)
        choose(page, PASSPHRASE, PASSPHRASE)
        page.get_by_text("更换离线口令").wait_for()
        page.close()
        assert wrong == []
        leave(site, context)
        page = opened(context)
        unlock(page, PASSPHRASE)
        page.get_by_role("link", name="淮河路驿站").click()
        page.get_by_label("驿站屏幕上的动态码").fill(code.lower())
        page.get_by_role("button", name="用动态码证明到场").click()
        page.get_by_text("已记录动态码，联网后核对").wait_for()
        fridge = page.locator("#fridge")
        assert fridge.locator(".proposed").count() == 0
        keys = page.eval_on_selector_all(".line", "lines => lines.map(line => line.id)")
        assert len(keys) == 14
        answer(page, "fridge", "不能用", 2)
        fridge.get_by_text("最低分，或高于建议的分数，需要照片和备注。").wait_for()
        fridge.locator("textarea").fill("压缩机不转，箱内 21 ℃")
        fridge.get_by_role("button", name="保存备注").click()
        fridge.locator("input[type=file]").set_input_files(photo)
        page.wait_for_selector("#fridge .photo canvas")
        for key in keys:
            if key != "fridge":
                points = page.locator(f"#{key} [data-points]").first.get_attribute("data-points")
                answer(page, key, "能用", int(points or 0))
        expect(page.locator(".progress")).to_contain_text("92 / 100 分")
        sound(page)
        inspector = page.locator("form.signature").first
        inspector.get_by_label("姓名", exact=True).fill("张伟")
        inspector.locator("canvas").scroll_into_view_if_needed()
        box = inspector.locator("canvas").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 20, box["y"] + 20)
        page.mouse.down()
        page.mouse.move(box["x"] + 120, box["y"] + 60, steps=4)
        page.mouse.up()
        inspector.get_by_role("button", name="签名", exact=True).click()
        page.get_by_text("已签名：张伟").wait_for()
        head = page.locator("form.signature").last
        head.get_by_text("拒绝签名").click()
        head.get_by_label("拒签的原因").fill("站长不在场")
        head.get_by_role("button", name="记为拒签").click()
        page.get_by_role("button", name="提交考评表").click()
        page.get_by_text("已记下提交").wait_for()
        page.get_by_role("link", name="查看未发送").click()
        page.locator("ol.rows > li").first.wait_for()
        count = page.locator("ol.rows > li").count()
        assert count >= 20
        # While a round runs the bar says how many there were when it began.
        expect(page.locator("#outbox-state")).to_contain_text(f"{count} 条未发送")
        sound(page)
    # The phone is taken apart: nothing that was written, seen or photographed lies on it in plain.
    secrets = ["压缩机不转", "站长不在场", "张伟", "淮河路驿站", PASSPHRASE]
    assert plain_in(tmp_path / "phone", secrets, photo.read_bytes()) == set()
    assert plain_in(tmp_path / "phone", ["waystation-offline-1"], b"") == {"waystation-offline-1"}

    hub.now = VISIT + AWAY
    with site.phone(playwright, tmp_path / "phone", "zhang", hub.now) as context:
        context.set_offline(True)
        page = opened(context)
        page.get_by_role("heading", name="本机已锁").wait_for()
        page.get_by_text(f"{count} 条未发送").wait_for()
        assert page.get_by_text("淮河路驿站").count() == 0
        held = page.evaluate(DUMP)
        assert held["entries"] == count and held["photos"] == 2 and held["charts"] > 0
        assert not [secret for secret in secrets if secret in held["text"]]
        unlock(page, PASSPHRASE + "!")
        page.get_by_text("口令不对。内容没有变动，请再试。").wait_for()
        sound(page)
        unlock(page, PASSPHRASE)
        page.get_by_text(f"{count} 条未发送，已存在本机").wait_for()
        page.get_by_role("link", name="淮河路驿站").click()
        page.locator("#fridge .photo canvas").wait_for()
        drawing = page.locator("#fridge .proposal img").first
        drawing.scroll_into_view_if_needed()
        wait_until(page, "image => image.naturalWidth > 0", drawing.element_handle())
        # Half a day unused ends a session: the app waits for its person, and sends then.
        come_back(site, context)
        page.get_by_text("请登录").first.wait_for(timeout=60_000)
        site.sign_in(context, "zhang", sign_in_again(hub, client_of(hub, "zhang"), "zhang"))
        page.reload()
        page.get_by_role("status").get_by_text("全部已发送").wait_for(timeout=60_000)
        page.get_by_text("没有要填写的检查").wait_for()

    with hub.session() as session:
        form = session.exec(select(Inspection)).one()
        assert (form.submitted_at, form.total, form.submitted_by) == (hub.now, 92, "zhang")
        assert (form.presence, form.arrived_by, form.code_steps) == ("proven", "code", 0)
        items = session.exec(select(InspectionItem)).all()
        assert {item.key: item.points for item in items}["fridge"] == 2 and len(items) == 14
        assert {item.decided_at for item in items} == {VISIT}
        log = session.exec(select(AnswerLog).where(AnswerLog.what == "decide")).all()
        assert len(log) == 15 and {(row.origin, row.done_at, row.at) for row in log} == {("offline", VISIT, hub.now)}
        attached = session.exec(select(InspectionPhoto)).one()
        kept = photos.get(session, attached.photo)
        assert kept is not None and attached.matches is True
        assert photos.original_of(session, kept) == photo.read_bytes()
        assert kept.sha256 == sha256(photo.read_bytes()).hexdigest()
        signed = session.exec(select(InspectionSignature)).all()
        assert [(one.signer, one.refused, one.drawing is not None) for one in signed] == [
            ("inspector", None, True), ("head", "站长不在场", False),
        ]  # fmt: skip
        entries = session.exec(select(OfflineEntry)).all()
        assert len(entries) == count and {entry.outcome for entry in entries} == {"applied"}
        found = session.exec(select(Finding)).one()
        assert (found.item, found.made_by) == ("fridge", "zhang")


def test_a_phone_that_dies_while_sending_sends_once(site: Site, playwright: Playwright, tmp_path: Path) -> None:
    hub = site.hub
    with site.phone(playwright, tmp_path / "phone", "zhang") as context:
        page = loaded(context)
        context.set_offline(True)
        page.get_by_role("link", name="淮河路驿站").click()
        answer(page, "tables", "", 10)
        answer(page, "fridge", "能用", 10)
        # The other inspector was faster with the fridge, on a phone with a network.
        other = Device(hub, client_of(hub, "li"))
        other.download()
        other.send(*other.answered("fridge", look="partly", points=6, note="门关不严"))
        reached: list[int] = []

        zhang = client_of(hub, "zhang")

        def lose_the_answer(route: Route) -> None:
            """The hub takes everything in; the phone hears nothing of it."""
            told = {name: route.request.headers[name] for name in ("x-csrf-token", "content-type")}
            body = route.request.post_data_buffer
            reached.append(zhang.http.post("/api/offline/entries", content=body, headers=told).status_code)
            route.abort()

        context.route("**/api/offline/entries*", lose_the_answer)
        with page.expect_event("requestfailed", lambda asked: "/api/offline/entries" in asked.url):
            context.set_offline(False)
            page.evaluate("document.getElementById('send').click()")
        page.get_by_role("status").get_by_text("没有网络").wait_for()
        assert reached and set(reached) == {200}

    with hub.session() as session:
        before = len(session.exec(select(AnswerLog)).all())
    with site.phone(playwright, tmp_path / "phone", "zhang") as context:
        page = opened(context)
        page.get_by_role("status").get_by_text("条需要您处理").wait_for()
        page.get_by_role("link", name="淮河路驿站").click()
        page.locator("#fridge").get_by_text("您的回答已一并保留").wait_for()
        page.get_by_role("link", name="查看未发送").click()
        page.get_by_text("两个回答，待选择").first.wait_for()
        sound(page)
        with hub.session() as session:
            assert len(session.exec(select(AnswerLog)).all()) == before
            kept = {item.key: item.points for item in session.exec(select(InspectionItem))}
        assert kept == {"tables": 10, "fridge": 6}
        # Both answers lie on the form; the person chooses.
        page.goto("/inspections/1")
        page.get_by_role("heading", name="两个回答，请选择").wait_for()
        sound(page)
        page.get_by_role("button", name="改用离线的回答").click()
        page.wait_for_selector("#fridge.step-decided")
        page.goto("/inspections/app")
        page.get_by_role("button", name="下载最新").click()
        page.get_by_role("status").get_by_text("全部已发送").wait_for()
    with hub.session() as session:
        kept = {item.key: item.points for item in session.exec(select(InspectionItem))}
    assert kept == {"tables": 10, "fridge": 10}
