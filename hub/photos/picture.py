"""Bytes somebody sent become a photo, or are refused: what they really are, how large, and copies that tell nothing of
who took them where. Pure.
"""

import warnings
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from shared.text import Text

LARGEST_BYTES = 10 * 1024 * 1024
LARGEST_PIXELS = 50_000_000
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
SHOWN_PX, SMALL_PX = 1600, 320
QUALITY = 82

TOO_LARGE = Text("照片太大：最多 10 MB、5000 万像素。", "The photo is too large: at most 10 MB and 50 million pixels.")
NO_PHOTO = Text("这不是照片：请用 JPEG、PNG 或 WebP。", "That is no photo: use JPEG, PNG or WebP.")


class BadPhoto(ValueError):
    """What was sent is no photo, or too large a one."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


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
    """The photo these bytes are. Raises BadPhoto."""
    if len(content) > LARGEST_BYTES:
        raise BadPhoto(TOO_LARGE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=list(FORMATS)) as image:
                if image.width * image.height > LARGEST_PIXELS:
                    raise BadPhoto(TOO_LARGE)
                media_type, size = FORMATS[str(image.format)], image.size
                image.load()
                upright = ImageOps.exif_transpose(image).convert("RGB")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise BadPhoto(TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if isinstance(error, BadPhoto):
            raise
        raise BadPhoto(NO_PHOTO) from error
    digest = sha256(content).hexdigest()
    return Picture(content, media_type, digest, *size, _copy(upright, SHOWN_PX), _copy(upright, SMALL_PX))


def _copy(image: Image.Image, longest: int) -> bytes:
    copy = image.copy()
    copy.thumbnail((longest, longest))
    # A fresh image takes the pixels and nothing the camera wrote beside them.
    bare = Image.new("RGB", copy.size)
    bare.paste(copy)
    out = BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
