"""A photo in a form: read within its limit, or refused in words."""

from typing import Annotated

from fastapi import File, UploadFile

from hub.errors import HubError
from hub.photos.picture import LARGEST_BYTES, TOO_LARGE

LARGEST_FORM = LARGEST_BYTES + 64 * 1024
"""`max_body_size` of a route that takes one photo."""
SentPhoto = Annotated[UploadFile | None, File()]


def content_of(photo: UploadFile | None) -> bytes | None:
    """What was sent. None: nothing was chosen. Raises HubError 413."""
    if photo is None or not photo.filename:
        return None
    content = photo.file.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise HubError(413, TOO_LARGE)
    return content or None
