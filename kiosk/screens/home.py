"""S1: everything a person can do here, one tile each; the tiles are those of the entries in this folder."""

from collections.abc import Sequence

from textual.app import ComposeResult

from kiosk import words
from kiosk.desk import Desk
from kiosk.screen import ContrastChosen, Entry, Finished, HomeTile, KioskScreen, LanguageChosen, LargeChosen
from kiosk.sign import SignTile
from kiosk.themes import CONTRAST
from kiosk.touch import Tiles, Touch


class HomeScreen(KioskScreen):
    """`tiles` are those of the folder's entries, in their order; large letters leave room for those with a sign."""

    def __init__(self, desk: Desk, tiles: Sequence[HomeTile]) -> None:
        super().__init__(desk)
        self._tiles = tiles

    def body(self) -> ComposeResult:
        numbered = [(number, tile) for number, tile in enumerate(self._tiles) if tile.sign or not self.desk.large]
        yield Tiles([self._touch(tile, f"tile-{number}") for number, tile in numbered])

    def _touch(self, tile: HomeTile, press: str) -> Touch:
        say = self.desk.say
        if tile.sign is not None and self.desk.large and self.desk.language == "zh":
            return SignTile(say(tile.sign), say(tile.label), press=press, classes=tile.look)
        return Touch(say(tile.label), say(tile.hint), press=press, classes=tile.look, gap=2)

    def bar(self) -> ComposeResult:
        say = self.desk.say
        contrast = self.app.theme == CONTRAST.name
        yield Touch(say(words.OTHER_LANGUAGE), press="language")
        yield Touch(say(words.USUAL_SIZE if self.desk.large else words.LARGE), press="large")
        yield Touch(say(words.COLOURS if contrast else words.CONTRAST), press="contrast")
        yield Touch(say(words.TO_START), press="to-start")

    def action_back(self) -> None:
        self.post_message(Finished())

    def pressed(self, tile: str) -> None:
        match tile:
            case "language":
                self.post_message(LanguageChosen())
            case "large":
                self.post_message(LargeChosen())
            case "contrast":
                self.post_message(ContrastChosen())
            case "to-start":
                self.post_message(Finished())
            case _:
                self.go(self._tiles[int(tile.removeprefix("tile-"))].opens(self.desk))


ENTRY = Entry()
