"""The page in a browser around the kiosk: what it is told beside what it paints."""

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.drivers.web_driver import WebDriver

LARGE = "large"
"""What a message is called that asks for larger or the usual letters."""


def ask_for_letters(driver: "Driver | None", large: bool) -> None:
    """In a browser: let the page draw fewer and larger cells, or as many as usual. A terminal keeps its font."""
    if driver is not None and driver.is_web:
        cast("WebDriver", driver).write_meta({"type": LARGE, "on": large})
