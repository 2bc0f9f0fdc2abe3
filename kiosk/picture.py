"""Pictures of the glass for people: Textual's SVG with its Chinese and its pixels put right. Pure.

Rich gives every run of text the width of one cell a character (Rich #2742), so Chinese is squeezed to half; it links
fonts from another host; and half blocks written as letters leave seams, which no reader of QR codes forgives. All
three are corrected; the fonts are the ones the kiosk itself asks for, Latin and blocks first, and blocks are drawn.
"""

import re
from html import escape, unescape

from textual.content import Content

CELL_PX = 12.2
"""Rich's width of one cell."""
ROW_PX, ROW_TOP_PX = 24.4, 1.5
"""Its height of a row, and where the first one begins."""
FONTS = '"DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace'

_FONT_FACE = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
_FAMILY = re.compile(r"font-family:[^;]*;")
_RUN = re.compile(
    r'(<text (?P<head>[^>]*?)textLength=")[^"]*("[^>]*?line-(?P<line>\d+)[^>]*>)(?P<text>.*?)(</text>)', re.DOTALL
)
_CLASS = re.compile(r'class="([^"]*)"')
_X = re.compile(r'x="([^"]*)"')
_BLOCKS = re.compile("▀+|▄+|█+")
_EDGES = {"▀": (0.0, 0.5), "▄": (0.5, 0.5), "█": (0.0, 1.0)}
"""Where a block begins in its row, and how much of it it fills."""


def corrected(svg: str) -> str:
    """The same picture with each run as wide as its cells, blocks as areas, and no request to any other host."""
    svg = _FAMILY.sub(f"font-family: {FONTS};", _FONT_FACE.sub("", svg))
    return _RUN.sub(_put_right, svg)


def _put_right(run: re.Match[str]) -> str:
    text = unescape(run["text"])
    areas = "".join(_area(run, text, block) for block in _BLOCKS.finditer(text))
    rest = _BLOCKS.sub(lambda block: "\u00a0" * len(block[0]), text)
    if areas and not rest.strip():
        return areas
    width = Content(text).cell_length * CELL_PX
    rest = escape(rest, quote=False) if areas else run["text"]
    return f"{areas}{run[1]}{width:.1f}{run[3]}{rest}{run[6]}"


def _area(run: re.Match[str], text: str, block: re.Match[str]) -> str:
    start, share = _EDGES[block[0][0]]
    look, left = (found[1] if (found := part.search(run["head"])) else "" for part in (_CLASS, _X))
    x = float(left or 0) + Content(text[: block.start()]).cell_length * CELL_PX
    y = int(run["line"]) * ROW_PX + ROW_TOP_PX + start * ROW_PX
    size = f'width="{len(block[0]) * CELL_PX:.1f}" height="{share * ROW_PX:.2f}"'
    return f'<rect class="{look}" x="{x:.1f}" y="{y:.2f}" {size} shape-rendering="crispEdges"/>'
