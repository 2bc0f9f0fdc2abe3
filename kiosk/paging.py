"""What is longer than its place is shown page after page, for nothing on the glass scrolls. Pure."""

from collections.abc import Sequence
from math import ceil
from typing import TypeVar

from textual.content import Content

T = TypeVar("T")

PAGE_S = 6.0
"""How long a page stands."""


def pages(texts: Sequence[str], width: int, rows: int) -> Sequence[Sequence[str]]:
    """The texts in lines of a width, page by page; a text is not torn apart where a page holds it."""
    width, rows = max(width, 1), max(rows, 1)
    found: list[list[str]] = [[]]
    for text in texts:
        lines = [line.plain for line in Content(text).wrap(width)] if text else [""]
        if found[-1] and len(found[-1]) + len(lines) > rows:
            found.append([])
        for line in lines:
            if len(found[-1]) == rows:
                found.append([])
            found[-1].append(line)
    return [page for page in found if page]


def page_at(shown: Sequence[Sequence[str]], uptime: float) -> int:
    """Which page stands at a time."""
    return int(uptime // PAGE_S) % len(shown)


def spread(things: Sequence[T], most: int) -> Sequence[Sequence[T]]:
    """On one page where all fit; else on as few as leave each a place for the tile that turns them, about as many on
    one as on any other.
    """
    needed = 1 if len(things) <= most else ceil(len(things) / (most - 1))
    each = max(1, ceil(len(things) / needed))
    return [things[first : first + each] for first in range(0, max(1, len(things)), each)]
