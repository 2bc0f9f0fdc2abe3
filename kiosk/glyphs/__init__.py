"""The letters of GNU Unifont 15.0.01, sixteen pixels high: eight wide for Latin, sixteen for Chinese.

`unifont.glyphs` holds GBK's characters and ASCII; licence in `OFL.txt`, how it is made in `__main__.py`. It is 256
blocks, one for each upper byte of a code point, so that a title unpacks a few hundred letters and not all.
A block says for each of its 256 letters how many bytes its bitmap has, then come the bitmaps.
"""

import struct
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

HEIGHT = 16
FILE = "unifont.glyphs"
_BLOCK = 256
_ENDS = struct.Struct(f"<{_BLOCK}I")


class Glyph(NamedTuple):
    """One letter: its width in pixels, and its rows from the top, the leftmost pixel the highest bit."""

    width: int
    rows: tuple[int, ...]


def glyph(character: str) -> Glyph | None:
    """How a letter is drawn; None where the file has none. The file is read when the first letter is asked for."""
    upper, lower = divmod(ord(character), _BLOCK)
    block = _block(upper) if upper < _BLOCK else b""
    size = block[lower] if block else 0
    if not size:
        return None
    rows = struct.unpack_from(f">{HEIGHT}{'H' if size == 2 * HEIGHT else 'B'}", block, _BLOCK + sum(block[:lower]))
    return Glyph(8 * size // HEIGHT, rows)


def packed(glyphs: Mapping[int, bytes]) -> bytes:
    """The file's content from bitmaps by code point, each of 16 or 32 bytes."""
    blocks: list[bytes] = []
    for upper in range(_BLOCK):
        bitmaps = [glyphs.get(upper * _BLOCK + lower, b"") for lower in range(_BLOCK)]
        content = bytes(map(len, bitmaps)) + b"".join(bitmaps)
        blocks.append(zlib.compress(content, 9) if any(bitmaps) else b"")
    ends = [_ENDS.size + sum(map(len, blocks[: number + 1])) for number in range(_BLOCK)]
    return _ENDS.pack(*ends) + b"".join(blocks)


@cache
def _content() -> bytes:
    """Without the file there are no big letters, and the kiosk works as ever."""
    try:
        return Path(__file__).with_name(FILE).read_bytes()
    except OSError:
        return bytes(_ENDS.size)


@cache
def _block(upper: int) -> bytes:
    content = _content()
    ends = (_ENDS.size, *_ENDS.unpack_from(content))
    block = content[ends[upper] : ends[upper + 1]]
    return zlib.decompress(block) if block else b""
