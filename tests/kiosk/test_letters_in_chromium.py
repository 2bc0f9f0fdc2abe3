"""Large letters in the browser launcher: the page draws fewer and larger cells, and as many as before at the start."""

from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError as TooLate

from tests.kiosk.panel import HEIGHT, Panel, panel
from tests.kiosk.station import furnish

ANYWHERE = (200, 30)
LARGE, TO_START = (480, HEIGHT - 60), (1200, HEIGHT - 60)
TRIES = 4
CELLS = "[inside.terminal.cols, inside.terminal.rows]"


def cells(page: Panel) -> tuple[int, int]:
    """How many columns and rows the terminal in the page has."""
    columns, rows = page.page.evaluate(CELLS)
    return columns, rows


def leave(page: Panel, columns: int) -> None:
    """Go back to the start: the glass hears nothing while it changes, so that the first touch may be lost."""
    for _ in range(TRIES):
        page.touch(TO_START)
        with suppress(TooLate):
            page.page.wait_for_function(f"{CELLS}[0] === {columns}", timeout=6000)
            return
    raise AssertionError("the letters stay large")


@pytest.mark.parametrize(
    ("query", "usual", "large"), [("", (80, 23), (64, 20)), ("?columns=120&rows=34", (120, 34), (80, 23))]
)
def test_large_letters_are_large_all_over_the_glass(
    tmp_path: Path, query: str, usual: tuple[int, int], large: tuple[int, int]
) -> None:
    with panel(furnish(tmp_path), query) as page:
        before = cells(page)
        assert all(has >= least for has, least in zip(before, usual, strict=True))
        assert page.press(ANYWHERE, "点一下职业就好")
        page.forget()
        assert page.press(LARGE, "普通字号")
        page.page.wait_for_function(f"{CELLS}[0] < {before[0]}", timeout=20_000)
        now = cells(page)
        assert all(least <= has < had for has, least, had in zip(now, large, before, strict=True))
        page.forget()
        leave(page, before[0])
        assert cells(page) == before
        assert page.shows("Touch to start", 20)
