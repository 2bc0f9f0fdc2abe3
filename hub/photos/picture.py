"""Bytes somebody sent become a photo, or are refused: what they really are, how large, and copies that tell nothing of
who took them where. Knows no database.
"""

import struct
import warnings
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from threading import Lock

from PIL import Image, ImageOps, UnidentifiedImageError

from hub.photos.memory import give_back
from shared.text import Text

LARGEST_BYTES = 10 * 1024 * 1024
LARGEST_PIXELS = 50_000_000
LARGEST_WHOLE = 16_000_000
"""Pixels of what is read as a whole before it is made smaller: PNG, WebP, JPEG in passes (progressive)."""
FORMATS = ("JPEG", "PNG", "WEBP")
JPEG = "image/jpeg"
MEDIA_TYPES = {"JPEG": JPEG, "MPO": JPEG, "PNG": "image/png", "WEBP": "image/webp"}
"""MPO: a JPEG with more pictures behind the first, as phones write for previews and depth. The first is the photo."""
SHOWN_PX, SMALL_PX = 1600, 320
QUALITY = 82

TOO_LARGE = Text("照片太大：最多 10 MB、5000 万像素。", "The photo is too large: at most 10 MB and 50 million pixels.")
TOO_LARGE_WHOLE = Text(
    "照片太大：PNG、WebP 和渐进式 JPEG 最多 1600 万像素，请用普通 JPEG。",
    "The photo is too large: PNG, WebP and progressive JPEG have at most 16 million pixels; use an ordinary JPEG.",
)
NO_PHOTO = Text("这不是照片：请用 JPEG、PNG 或 WebP。", "That is no photo: use JPEG, PNG or WebP.")


class BadPhoto(ValueError):
    """What was sent is no photo, or too large a one."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


_ONE_AT_A_TIME = Lock()
"""What is looked at takes up to 300 MB meanwhile (WebP): many at once would be more than a small hub has."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as it is kept."""

    original: bytes
    media_type: str
    sha256: str
    """Of the original, hexadecimal."""
    width: int
    height: int
    shown: bytes
    """JPEG without EXIF, upright, at most 1600 px: what pages show."""
    small: bytes
    """The same, at most 320 px."""


def developed(content: bytes) -> Picture:
    """The photo these bytes are. One is looked at at a time, others wait. Raises BadPhoto."""
    if len(content) > LARGEST_BYTES:
        raise BadPhoto(TOO_LARGE)
    with _ONE_AT_A_TIME:
        try:
            return _developed(content)
        finally:
            give_back()


def _developed(content: bytes) -> Picture:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)  # of what a camera wrote besides and Pillow cannot read
            with Image.open(BytesIO(content), formats=FORMATS) as image:
                if image.width * image.height > LARGEST_PIXELS:
                    raise BadPhoto(TOO_LARGE)
                media_type, size = MEDIA_TYPES[str(image.format)], image.size
                whole = media_type != JPEG or "progressive" in image.info
                if whole and image.width * image.height > LARGEST_WHOLE:
                    raise BadPhoto(TOO_LARGE_WHOLE)
                image.draft(None, _shown_of(*size))  # of a JPEG no more is made than the copies take
                opened = image if media_type == JPEG else image.convert("RGB")
                opened.thumbnail((SHOWN_PX, SHOWN_PX))
                upright = _upright(opened).convert("RGB")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise BadPhoto(TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if isinstance(error, BadPhoto):
            raise
        raise BadPhoto(NO_PHOTO) from error
    digest = sha256(content).hexdigest()
    return Picture(content, media_type, digest, *size, _copy(upright, SHOWN_PX), _copy(upright, SMALL_PX))


def _shown_of(width: int, height: int) -> tuple[int, int]:
    """How large it is shown. A square to fit into would have Pillow read a long photo whole."""
    longest = max(width, height, SHOWN_PX)
    return max(width * SHOWN_PX // longest, 1), max(height * SHOWN_PX // longest, 1)


def _upright(image: Image.Image) -> Image.Image:
    """As the camera was held; as it lies, where what the camera wrote of it cannot be read."""
    try:
        return ImageOps.exif_transpose(image)
    except (SyntaxError, ValueError, KeyError, TypeError, struct.error):
        return image


def _copy(image: Image.Image, longest: int) -> bytes:
    copy = image.copy()
    copy.thumbnail((longest, longest))
    # A fresh image takes the pixels and nothing the camera wrote beside them.
    bare = Image.new("RGB", copy.size)
    bare.paste(copy)
    out = BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
