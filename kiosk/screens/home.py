"""S1: everything a person can do here, one tile each; the tiles are those of the entries in this folder."""

from collections.abc import Sequence

from textual.app import ComposeResult

from kiosk import words
from kiosk.big import cells
from kiosk.desk import Desk
from kiosk.fitted import Fitted
from kiosk.large_tiles import ACROSS, SIGN_ROWS
from kiosk.screen import ContrastChosen, Entry, Finished, HomeTile, LanguageChosen, LargeChosen
from kiosk.sign import SignTile
from kiosk.themes import CONTRAST
from kiosk.touch import BACK_KEY, Tiles, Touch, columns

SHORT = 8
"""Columns of a label that five tiles in the bottom row of the smallest glass have room for."""
EDGES = 10
"""Columns and rows of the screen that are no tile."""


class HomeScreen(Fitted):
    """`tiles` are those of the folder's entries, in their order.

    In large letters those that may stand aside do so where not all can be big; the first of them is in the bottom row.
    """

    def __init__(self, desk: Desk, tiles: Sequence[HomeTile]) -> None:
        super().__init__(desk)
        self._tiles = tiles

    @property
    def _roomy(self) -> bool:
        """Whether every tile can be big."""
        across, (width, height) = columns(len(self._tiles)), self.glass
        down = -(-len(self._tiles) // across)
        return width >= ACROSS * across + EDGES and height >= SIGN_ROWS * down + EDGES

    def body(self) -> ComposeResult:
        aside = self.desk.large and not self._roomy
        numbered = [(number, tile) for number, tile in enumerate(self._tiles) if not (aside and tile.aside)]
        yield Tiles([self._touch(tile, f"tile-{number}") for number, tile in numbered])

    def _touch(self, tile: HomeTile, press: str) -> Touch:
        say = self.desk.say
        if self.desk.large and self.desk.language == "zh":
            return SignTile(say(tile.sign), say(tile.label), press=press, classes=tile.look)
        return Touch(say(tile.label), say(tile.hint), press=press, classes=tile.look, gap=2)

    def bar(self) -> ComposeResult:
        say = self.desk.say
        contrast = self.app.theme == CONTRAST.name
        yield Touch(say(words.OTHER_LANGUAGE), press="language")
        yield Touch(say(words.USUAL_SIZE if self.desk.large else words.LARGE), press="large")
        yield Touch(say(words.COLOURS if contrast else words.CONTRAST), press="contrast")
        if self.desk.large and not self._roomy:
            number, tile = next((number, tile) for number, tile in enumerate(self._tiles) if tile.aside)
            label = say(tile.label)
            yield Touch(label if cells(label) <= SHORT else say(tile.sign), press=f"tile-{number}")
        yield Touch(say(words.TO_START), press="to-start", key=BACK_KEY)

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
