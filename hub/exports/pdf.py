"""Pages become a PDF with its fonts in it. Only here is typst used: it reads what it is given and nothing else.

Without the font it would print boxes and say nothing; so it is asked for by name first.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Any

import typst

from hub.exports.paper import Block, Drawing, Paper, Picture
from hub.exports.typeset import MAIN

DEFAULTS = ("Noto Sans CJK SC", "Noto Serif CJK SC")
PACKAGE = "fonts-noto-cjk"
AT_ONCE = 2
WAIT_S = 10.0
_SETTING = BoundedSemaphore(AT_ONCE)


class NoFont(Exception):
    """No font with Chinese letters is installed here by the name that is set."""

    def __init__(self, asked: str) -> None:
        super().__init__(f"the font {asked!r} is not installed: apt install {PACKAGE}, or set pdf_font")
        self.asked = asked


class Busy(Exception):
    """Others are being set; this one may be asked for again."""


def font_for(asked: str) -> str:
    """The font to set in: the one asked for; where that is empty, the first of the usual ones. Raises NoFont."""
    there = set(_fonts().families())
    for name in (asked,) if asked else DEFAULTS:
        if name in there:
            return name
    raise NoFont(asked or DEFAULTS[0])


def pdf_of(paper: Paper, photos: Mapping[str, bytes], running: str, asked: str = "") -> bytes:
    """The file. `photos`: JPEG by photo id, those missing are left out; `running`: what stands over each page of the
    appendix; `asked`: the font's name, empty for the usual one. Raises NoFont and Busy.
    """
    files: dict[str, bytes] = {}
    blocks = [_block(block, number, files, photos) for number, block in enumerate(paper.appendix)]
    annex = asdict(paper.annex)
    annex["sections"] = [{"name": name, "rows": [asdict(row) for row in rows]} for name, rows in paper.annex.sections]
    data = {"annex": annex, "appendix": blocks, "lang": paper.language, "running": running}
    return typeset(MAIN, data, files, asked)


def typeset(main: str, data: Mapping[str, Any], files: Mapping[str, bytes], asked: str = "") -> bytes:
    """The file a page description makes of its data: it reads them from `data.json`, with the name of the font to set
    in as `font`, and `files` beside it. Raises NoFont and Busy.
    """
    told = json.dumps({"font": font_for(asked)} | dict(data), ensure_ascii=False)
    everything = {"main.typ": main.encode(), "data.json": told.encode()} | dict(files)
    if not _SETTING.acquire(timeout=WAIT_S):
        raise Busy
    try:
        return _set(everything)
    finally:
        _SETTING.release()


def _set(files: Mapping[str, bytes]) -> bytes:
    """From files in a folder of their own, which is all it may read. In memory they would have to be text."""
    with TemporaryDirectory(prefix="waystation-pdf-") as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        return typst.compile(f"{folder}/main.typ", root=folder, font_paths=_fonts(), ignore_system_fonts=True)


def _block(block: Block, number: int, files: dict[str, bytes], photos: Mapping[str, bytes]) -> dict[str, Any]:
    """As the page description reads it; what it draws lies beside it as a file."""
    said: dict[str, Any] = {"kind": block.kind} | asdict(block)
    if isinstance(block, Drawing):
        files[f"drawing{number}.svg"] = block.svg.encode()
        return {"kind": "Drawing", "alt": block.alt, "file": f"drawing{number}.svg"}
    if isinstance(block, Picture):
        if block.photo not in photos:
            return {"kind": "Paragraph", "text": block.caption}
        files[f"photo{number}.jpg"] = photos[block.photo]
        return {"kind": "Picture", "caption": block.caption, "file": f"photo{number}.jpg"}
    return said


@cache
def _fonts() -> typst.Fonts:
    """Those of the system; reading them takes a quarter of a second, once."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)
