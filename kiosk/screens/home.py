"""S1: everything a person can do here, one tile each; the tiles are those of the entries in this folder."""

from collections.abc import Sequence

from textual.app import ComposeResult

from kiosk import words
from kiosk.desk import Desk
from kiosk.screen import ContrastChosen, Entry, Finished, HomeTile, KioskScreen, LanguageChosen
from kiosk.themes import CONTRAST
from kiosk.touch import Tiles, Touch


class HomeScreen(KioskScreen):
    """`tiles` are those of the folder's entries, in their order."""

    def __init__(self, desk: Desk, tiles: Sequence[HomeTile]) -> None:
        super().__init__(desk)
        self._tiles = tiles

    def body(self) -> ComposeResult:
        say = self.desk.say
        yield Tiles(
            [
                Touch(say(tile.label), say(tile.hint), press=f"tile-{number}", classes=tile.look, gap=2)
                for number, tile in enumerate(self._tiles)
            ]
        )

    def bar(self) -> ComposeResult:
        contrast = self.app.theme == CONTRAST.name
        yield Touch(self.desk.say(words.OTHER_LANGUAGE), press="language")
        yield Touch(self.desk.say(words.COLOURS if contrast else words.CONTRAST), press="contrast")
        yield Touch(self.desk.say(words.TO_START), press="to-start")

    def action_back(self) -> None:
        self.post_message(Finished())

    def pressed(self, tile: str) -> None:
        match tile:
            case "language":
                self.post_message(LanguageChosen())
            case "contrast":
                self.post_message(ContrastChosen())
            case "to-start":
                self.post_message(Finished())
            case _:
                self.go(self._tiles[int(tile.removeprefix("tile-"))].opens(self.desk))


ENTRY = Entry()
