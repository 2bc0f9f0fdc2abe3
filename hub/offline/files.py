"""The app's own files: small modules in one folder whose address changes with what is in any of them."""

from functools import cache
from hashlib import sha256

from hub.pages import FOLDER

APP_FILES = FOLDER / "static" / "offline"
MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
WORKER = "worker.js"
"""The service worker: served at an address of its own, because an address says what a worker may control."""


@cache
def contents() -> dict[str, bytes]:
    """Every file of the app by name, in order. Read once: a running hub serves one edition."""
    return {path.name: path.read_bytes() for path in sorted(APP_FILES.iterdir()) if path.suffix in MEDIA_TYPES}


@cache
def edition() -> str:
    """Changes with every byte of every file: modules import each other by name, so all share one address."""
    digest = sha256()
    for name, content in contents().items():
        digest.update(f"{name} {len(content)} ".encode() + content)
    return digest.hexdigest()[:16]


def address(name: str) -> str:
    """Where one file of this edition is."""
    return f"/inspections/app/{edition()}/{name}"


def loaded() -> list[str]:
    """The addresses of all files a page of the app loads."""
    return [address(name) for name in contents() if name != WORKER]
