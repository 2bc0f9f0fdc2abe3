"""Pictures of the glass for people: Textual's SVG with its Chinese put right. Pure.

Rich gives every run of text the width of one cell a character (Rich #2742), so Chinese is squeezed to half; it links
fonts from another host. Both are corrected; the fonts are the ones the kiosk itself asks for, Latin and blocks first.
"""

import re
from html import unescape

from textual.content import Content

CELL_PX = 12.2
"""Rich's width of one cell."""
FONTS = '"DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace'

_FONT_FACE = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
_FAMILY = re.compile(r"font-family:[^;]*;")
_RUN = re.compile(r'(<text[^>]*?textLength=")[^"]*("[^>]*>)(.*?)(</text>)', re.DOTALL)


def corrected(svg: str) -> str:
    """The same picture with each run as wide as its cells, and no request to any other host."""
    svg = _FAMILY.sub(f"font-family: {FONTS};", _FONT_FACE.sub("", svg))
    return _RUN.sub(_as_wide_as_its_cells, svg)


def _as_wide_as_its_cells(run: re.Match[str]) -> str:
    head, tail, text, end = run.groups()
    width = Content(unescape(text)).cell_length * CELL_PX
    return f"{head}{width:.1f}{tail}{text}{end}"
