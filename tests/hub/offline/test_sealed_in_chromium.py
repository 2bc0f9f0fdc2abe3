"""What lies on a phone and who may open it: an edition before, no passphrase, another key of the hub."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, sync_playwright
from sqlmodel import delete, select

from hub.inspections.tables import InspectionItem
from hub.offline.tables import OfflineEntry, OfflineKey
from tests.browser import expect
from tests.hub.offline.sealed import DUMP, PASSPHRASE, choose, unlock
from tests.hub.offline.secure import Site, loaded, opened, served, sound

BEFORE = """async (note) => {
  const said = await (await fetch("/api/offline/session")).json();
  const headers = { "x-csrf-token": said.csrf };
  const got = await (await fetch("/api/offline/package", { method: "POST", headers })).json();
  indexedDB.deleteDatabase(`waystation-offline-${said.id}`);
  const database = await new Promise((resolve) => {
    const asked = indexedDB.open(`waystation-offline-${said.id}`, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("kept");
      asked.result.createObjectStore("inspections", { keyPath: "id" });
      asked.result.createObjectStore("photos", { keyPath: "id" });
      asked.result.createObjectStore("entries", { keyPath: "number", autoIncrement: true });
    };
    asked.onsuccess = () => resolve(asked.result);
  });
  const inspection = got.inspections[0].id;
  const done_at = new Date().toISOString();
  const line = got.inspections[0].sections.flatMap(({ lines }) => lines).find(({ key }) => key === "tables");
  const deed = { what: "decide", key: "tables", points: 10, reason: null, note };
  const content = JSON.stringify({
    user: said.id, inspection, done_at, spent_s: 3, version: line.version, after: null, deed,
  });
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(content)));
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const stores = database.transaction(["kept", "inspections", "entries"], "readwrite");
  stores.objectStore("kept").put({ made_at: got.made_at, language: got.language }, "download");
  for (const form of got.inspections) stores.objectStore("inspections").put(form);
  const id = crypto.randomUUID();
  const entry = { id, inspection, key: "tables", deed, content, sha256, done_at, state: "waiting", why: null };
  stores.objectStore("entries").put(entry);
  await new Promise((resolve) => (stores.oncomplete = resolve));
  database.close();
}"""
"""What the edition before this one left on a phone: everything in plain, one entry not sent."""


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as found:
        yield found


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with served(tmp_path) as found:
        yield found


def score(page: Page, key: str, points: int) -> None:
    page.locator(f'#{key} [data-points="{points}"]').click()
    page.locator(f"#{key}.step-decided").wait_for()


def kept(site: Site) -> dict[str, int | None]:
    with site.hub.session() as session:
        return {item.key: item.points for item in session.exec(select(InspectionItem)) if item.points is not None}


def test_what_an_older_edition_left_in_plain_is_used_sent_and_sealed(
    site: Site, playwright: Playwright, tmp_path: Path
) -> None:
    with site.phone(playwright, tmp_path / "phone", "zhang") as context:
        page = loaded(context)
        page.goto("/account")
        page.evaluate(BEFORE, "桌面有裂缝")
        held = page.evaluate(DUMP)
        assert "桌面有裂缝" in held["text"] and "淮河路驿站" in held["text"]
        # The new edition is first opened where there is no network: the form must not be out of reach.
        context.set_offline(True)
        page = opened(context)
        page.get_by_text("本机的内容还没有加密").wait_for()
        page.get_by_role("link", name="淮河路驿站").click()
        page.locator("#tables.step-decided").wait_for()
        by_hand = page.locator(".line:not(#tables)").filter(has=page.locator("[data-points]:visible")).first
        key = by_hand.get_attribute("id")
        assert key is not None
        score(page, key, 5)
        sound(page)
        context.set_offline(False)
        page.get_by_role("status").get_by_text("全部已发送").wait_for()
        expect(page.get_by_text("本机的内容还没有加密")).to_have_count(0)
        held = page.evaluate(DUMP)
        assert "桌面有裂缝" not in held["text"] and "淮河路驿站" not in held["text"]
        assert kept(site) == {"tables": 10, key: 5}
    with site.hub.session() as session:
        assert len(session.exec(select(OfflineEntry)).all()) == 2

    # No passphrase was chosen: without a network it stays shut, with one the signed-in person needs none.
    with site.phone(playwright, tmp_path / "phone", "zhang") as context:
        context.set_offline(True)
        page = opened(context)
        page.get_by_text("这台设备没有设置离线口令").wait_for()
        sound(page)
        assert page.get_by_text("淮河路驿站").count() == 0
        context.set_offline(False)
        page.get_by_role("link", name="淮河路驿站").wait_for()


def test_a_hub_with_another_key_destroys_nothing_unsent(site: Site, playwright: Playwright, tmp_path: Path) -> None:
    with site.phone(playwright, tmp_path / "phone", "zhang") as context:
        page = loaded(context)
        choose(page, PASSPHRASE, PASSPHRASE)
        page.get_by_text("更换离线口令").wait_for()
        context.set_offline(True)
        page.get_by_role("link", name="淮河路驿站").click()
        score(page, "tables", 10)
    # As after a restore from a copy older than the key.
    with site.hub.session() as session:
        session.connection().execute(delete(OfflineKey))
        session.commit()
    with site.phone(playwright, tmp_path / "phone", "zhang") as context:
        page = opened(context)
        page.get_by_text("中心的密钥已更换").wait_for()
        assert kept(site) == {}
        unlock(page, PASSPHRASE)
        page.get_by_role("status").get_by_text("全部已发送").wait_for()
        assert kept(site) == {"tables": 10}
    # All sent: what the old key shut is downloaded again, and no passphrase is asked for.
    with site.phone(playwright, tmp_path / "phone", "zhang") as context:
        page = opened(context)
        page.get_by_role("heading", name="设置离线口令").wait_for()
        page.get_by_role("link", name="淮河路驿站").wait_for()
