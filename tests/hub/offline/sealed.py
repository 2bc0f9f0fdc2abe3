"""What of a phone can be read without its key, and the passphrase that gives it."""

from pathlib import Path

from playwright.sync_api import Page

PASSPHRASE = "雨天 小巷 42 号"
DUMP = """async () => {
  const [{ name }] = await indexedDB.databases();
  const database = await new Promise((resolve) => {
    indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result);
  });
  const found = { text: "" };
  const bytes = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);
  const said = (_, value) => (bytes(value) ? new TextDecoder().decode(value) : value);
  for (const store of database.objectStoreNames) {
    const rows = await new Promise((resolve) => {
      database.transaction(store).objectStore(store).getAll().onsuccess = ({ target }) => resolve(target.result);
    });
    found[store] = rows.length;
    found.text += JSON.stringify(rows, said);
  }
  database.close();
  return found;
}"""
"""Every store as the browser gives it, bytes read as text."""


def choose(page: Page, words: str, again: str) -> None:
    page.get_by_label("离线口令（至少 8 个字）").fill(words)
    page.get_by_label("再输入一次").fill(again)
    page.get_by_role("button", name="保存口令").click()


def unlock(page: Page, words: str) -> None:
    page.get_by_label("离线口令", exact=True).fill(words)
    page.get_by_role("button", name="打开").click()


def plain_in(folder: Path, secrets: list[str], photo: bytes) -> set[str]:
    """Which of these the files below a folder hold, in either of the codings a browser writes text in."""
    held = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    looked_for = {secret: (secret.encode(), secret.encode("utf-16-le")) for secret in secrets}
    if photo:
        looked_for["photo"] = (photo[200:260],)
    return {
        name for name, codings in looked_for.items() if any(coding in file for coding in codings for file in held)
    }  # fmt: skip
