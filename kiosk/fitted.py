"""A screen that is composed for one size of the glass: a window, or the page in a browser, may change it."""

from kiosk.desk import Desk
from kiosk.screen import KioskScreen


class Fitted(KioskScreen):
    """Where the glass gets another size it is composed anew, and keeps what a person chose."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.glass = self.app.size

    async def on_resize(self) -> None:
        """The glass has another size: what fits is another matter."""
        if self.glass != self.app.size:
            self.glass = self.app.size
            self.refit()
            await self.recompose()

    def refit(self) -> None:
        """Look again at what depends on the size, before all is composed."""
