"""Photos as phones send them, made on the spot."""

import struct
import zlib
from io import BytesIO

from PIL import Image

ORIENTATION = 0x0112
GPS = 0x8825


def jpeg(width: int = 640, height: int = 480, *, place: bool = False, turned: bool = False) -> bytes:
    """A JPEG; with the place in its EXIF, or lying on its side as phones save it."""
    image = Image.new("RGB", (width, height), (180, 200, 190))
    exif = Image.Exif()
    if place:
        exif[0x010F] = "Camera"
        exif[GPS] = {1: "N", 2: (31.0, 14.0, 3.0), 3: "E", 4: (121.0, 28.0, 9.0)}
    if turned:
        exif[ORIENTATION] = 6
    out = BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def png(width: int, height: int) -> bytes:
    """A PNG that says it is so large; a few hundred kilobytes at most, whatever it says."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width // 8 + 1) * min(height, 1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
