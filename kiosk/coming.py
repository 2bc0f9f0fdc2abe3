"""What a screen does when it comes to the top for the first time: its styles and its painting are done once."""

from typing import Self

from textual import events, on
from textual.geometry import Region
from textual.screen import Screen


class Coming(Screen[None]):
    """Its parts were styled as they were mounted, and it is painted as soon as it is laid out.

    Textual 8.2 then styles and paints all of it a second time: half of what a person waits for.
    """

    def __init__(self, *, classes: str) -> None:
        super().__init__(classes=classes)
        self._came = False
        self._painted = False

    @on(events.ScreenResume)
    def _come(self, event: events.ScreenResume) -> None:
        """Textual's own handler runs after this one."""
        if not self._came:
            event.refresh_styles = False
            self._came = self._painted = True
            self.call_next(self._paints_again)

    def _paints_again(self) -> None:
        self._painted = False

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """As Textual's, but for what has just been laid out and painted."""
        if self._painted and not (regions or recompose):
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
