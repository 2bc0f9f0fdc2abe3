"""How a test waits for what a browser shows. After a click a page is there in part: `expect` asks until it is whole,
a reading taken at once may be of less.
"""

import time
from typing import Any

from axe_playwright_python.base import AxeResults  # type: ignore[import-untyped]  # it ships no types
from axe_playwright_python.sync_playwright import Axe as AnyAxe  # type: ignore[import-untyped]  # the same
from playwright.sync_api import Page, expect

PATIENCE_MS = 20_000
"""Of one expectation: the machine may be busy with other tests."""

expect.set_options(timeout=PATIENCE_MS)
__all__ = ["PATIENCE_MS", "Axe", "expect", "wait_until"]


def wait_until(page: Page, condition: str, arg: object = None) -> None:
    """Until a script's answer is true. Playwright's own way asks a second time by `eval`, which our pages forbid."""
    end = time.monotonic() + PATIENCE_MS / 1000
    while not page.evaluate(condition, arg):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(50)


class Axe(AnyAxe):  # type: ignore[misc]  # it has no types
    """Looks at whole pages only: one that is still coming has no heading yet, and no end."""

    def run(self, page: Page, *more: Any, **named: Any) -> AxeResults:
        """Once the page has loaded."""
        page.wait_for_load_state()
        return super().run(page, *more, **named)
