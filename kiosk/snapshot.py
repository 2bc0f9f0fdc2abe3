"""A picture of the real app without a glass: for documents and for people who review a screen."""

from collections.abc import Sequence

from kiosk.app import KioskApp
from kiosk.picture import corrected
from kiosk.touch import Touch


class NoSuchTile(Exception):
    """A tile that is not on the screen it was to be pressed on; the message names those that are."""


async def snapshot(app: KioskApp, size: tuple[int, int], tiles: Sequence[str] = ()) -> str:
    """The glass as an SVG after pressing tiles one after the other, by what they do. Raises NoSuchTile."""
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for name in tiles:
            shown = {tile.id: tile for tile in app.screen.query(Touch) if tile.display}
            if name not in shown:
                raise NoSuchTile(f"no tile {name!r} here; there are {', '.join(str(tile) for tile in shown)}")
            shown[name].press()
            await pilot.pause()
            await pilot.pause(0.2)
        return corrected(app.export_screenshot(title="Waystation"))
