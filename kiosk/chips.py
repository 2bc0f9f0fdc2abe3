"""What works, in a few words each, on the attract screen: chips in rows of about equal length."""

from collections.abc import Sequence
from math import ceil

from textual.app import ComposeResult
from textual.containers import Grid

from kiosk import words
from kiosk.big import cells, fitted
from kiosk.desk import Desk
from kiosk.shown import Shown, worst_first
from kiosk.touch import Words
from shared.states import State

MOST = 8
MOST_ACROSS, ROOMY = 4, 80
"""How many stand beside each other from so many columns on; one less below."""
HOLD = "\u00a0"
"""A space that keeps its place: chips begin below each other though each column is centred."""
MARGINS = 4
"""Columns left and right of them, where the glass is widest."""


class Chips(Grid):
    """As many as there is room for: of more, what does not work, and how many more there are."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="chips")
        self._desk = desk
        self._chips = [Words(id=f"chip-{number}", classes="chip") for number in range(MOST)]

    def compose(self) -> ComposeResult:
        yield from self._chips

    def show(self, facilities: Sequence[Shown], width: int) -> None:
        """These, on a glass so many columns wide; mounted or not."""
        self.display = bool(facilities)
        most = MOST if len(facilities) <= MOST else MOST - 1
        shown = facilities if len(facilities) <= most else worst_first(facilities)[:most]
        room = self._arrange(min(len(facilities), MOST), width)
        said = [(self._chip(one, room), one.look) for one in shown]
        if len(shown) < len(facilities):
            said.append((self._desk.say(words.MORE_THINGS, n=len(facilities) - len(shown)), State.UNKNOWN))
        widest = max((cells(text) for text, _ in said), default=0)
        for number, chip in enumerate(self._chips):
            chip.display = number < len(said)
            if chip.display:
                text, look = said[number]
                chip.say(text + HOLD * (widest - cells(text)), f"chip {look}")

    def _arrange(self, chips: int, width: int) -> int:
        """How many columns each of so many has."""
        most = MOST_ACROSS if width >= ROOMY else MOST_ACROSS - 1
        across = max(1, ceil(chips / max(1, ceil(chips / most))))
        self.styles.grid_size_columns = across
        return (width - MARGINS - (across - 1)) // across

    def _chip(self, shown: Shown, room: int) -> str:
        """What is measured stands for the word where it plainly works. The name is cut, and never the word."""
        plain = shown.look == State.OK
        word = (shown.value if plain else None) or self._desk.say(shown.word)
        name = fitted(self._desk.say(shown.label), room - cells(f"{shown.shape}  {word}"))
        return f"{shown.shape} {name} {word}"
