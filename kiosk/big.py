"""Big letters in half blocks: sixteen columns and eight rows a Chinese character, eight columns a Latin one. Pure.

Where the room is too small or a letter is not in the font there is no big form, and the caller writes plain text.
"""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from unicodedata import east_asian_width

from kiosk.blocks import half_blocks
from kiosk.glyphs import HEIGHT, Glyph, glyph

ROWS, NARROW = HEIGHT // 2, HEIGHT // 2
"""Rows of a letter, and columns for each that it takes in plain text."""
MOST_SCALE = 2
PAUSES = ("，", "。", ". ", ", ", "：", ": ", "！")
"""Where a title may be cut: what comes first is set big, the rest beneath it."""


def big(text: str, width: int, height: int = ROWS) -> list[str] | None:
    """The text as large as the room allows, centred in `width`; None where it has no big form.

    Latin letters stand closer together where they would have no room otherwise.
    """
    letters = [glyph(character) for character in text]
    found = [letter for letter in letters if letter is not None]
    if not text.strip() or len(found) < len(letters):
        return None
    columns = sum(letter.width for letter in found)
    if columns > width:
        found = [*(_narrowed(letter, gap=1) for letter in found[:-1]), _narrowed(found[-1], gap=0)]
        columns = sum(letter.width for letter in found)
    scale = min(width // columns, height // ROWS, MOST_SCALE)
    if scale < 1:
        return None
    pixels = [_row(found, row, scale) for row in range(HEIGHT) for _ in range(scale)]
    return [_centred(line, width) for line in half_blocks(pixels)]


def title(text: str, width: int, height: int, sign: str = "") -> list[str]:
    """A title as the room allows: all of it big, or its first words or the sign with the rest beneath, or plain."""
    closed = unspaced(text)
    if whole := big(closed, width, height):
        return whole
    for head, rest in (*_halves(text), (sign, text)):
        if drawn := big(unspaced(head), width, height - 1):
            return [*drawn, _centred(rest, width)]
    return [_centred(text, width)]


def unspaced(text: str) -> str:
    """Chinese without the spaces a plain sign is set with: 谢 谢 您 becomes 谢谢您."""
    return text if text.isascii() else text.replace(" ", "")


def cells(text: str) -> int:
    """How many columns a text takes on the glass."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def cut(text: str, width: int) -> str:
    """As much of a text as so many columns hold, and a sign that there is more; nothing where they hold none."""
    if width < 1:
        return ""
    while cells(text) > width - 1:
        text = text[:-1]
    return f"{text}…"


def fitted(text: str, width: int) -> str:
    """A text whole where so many columns hold it, else cut."""
    return text if cells(text) <= width else cut(text, width)


def _centred(text: str, width: int) -> str:
    left = max(0, width - cells(text)) // 2
    return " " * left + text


def _halves(text: str) -> list[tuple[str, str]]:
    cuts = [(text.find(pause), pause) for pause in PAUSES if pause in text.rstrip("".join(PAUSES))]
    return [(text[:at], text[at + len(pause) :].strip()) for at, pause in sorted(cuts)]


def _narrowed(letter: Glyph, gap: int) -> Glyph:
    """A Latin letter with so many light columns at its right and none at its left; Chinese fills its square."""
    ink = reduce(or_, letter.rows)
    if letter.width > NARROW or not ink:
        return letter
    right = (ink & -ink).bit_length() - 1
    return Glyph(ink.bit_length() - right + gap, tuple(row >> right << gap for row in letter.rows))


def _row(letters: Sequence[Glyph], row: int, scale: int) -> list[bool]:
    return [
        bool(letter.rows[row] >> bit & 1)
        for letter in letters
        for bit in reversed(range(letter.width))
        for _ in range(scale)
    ]
