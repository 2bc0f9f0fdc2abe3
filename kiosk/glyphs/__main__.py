"""Make `unifont.glyphs` again: python -m kiosk.glyphs UNIFONT_HEX (the font's source, one CODE:BITMAP a line)."""

import sys
from collections.abc import Iterable
from pathlib import Path

from kiosk.glyphs import FILE, packed

ASCII = range(0x20, 0x7F)
LEADS, TRAILS = range(0x81, 0xFF), range(0x40, 0xFF)
"""The bytes of a GBK character."""


def wanted() -> set[int]:
    """Every code point of GBK and ASCII: GB 2312 lacks characters of place names such as 埇 (埇桥) and 硚 (硚口)."""
    pairs = (bytes((lead, trail)).decode("gbk", "replace") for lead in LEADS for trail in TRAILS)
    return {*ASCII, *(ord(text) for text in pairs if len(text) == 1 and text != "\ufffd")}


def read(lines: Iterable[str], codes: set[int]) -> dict[int, bytes]:
    """The bitmaps of these code points from the lines of a .hex file."""
    found = (line.strip().partition(":") for line in lines if line.strip())
    return {int(code, 16): bytes.fromhex(bits) for code, _, bits in found if int(code, 16) in codes}


def main(source: Path) -> None:
    """Write the file beside this module."""
    with source.open(encoding="ascii") as lines:
        glyphs = read(lines, wanted())
    out = Path(__file__).parent / FILE
    out.write_bytes(packed(glyphs))
    print(f"{out}: {len(glyphs)} glyphs, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
