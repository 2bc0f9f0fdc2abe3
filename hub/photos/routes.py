"""Photos, for those who may see their station: copies without EXIF, and the original where proof is asked for."""

from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response

from hub.errors import HubError
from hub.photos import store
from hub.photos.store import Copy
from hub.photos.tables import Photo
from hub.sessions import SessionDep
from hub.signed_in import SeesTrail, SignedIn
from hub.stations import store as stations
from shared.text import Text

router = APIRouter()
ASKED_AGAIN = "private, no-cache"
"""A browser keeps it and asks each time whether it is still there: a photo somebody had deleted is shown nowhere."""


def visible_photo(
    request: Request, user: SignedIn, session: SessionDep, photo: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
) -> Photo:
    """The photo. Raises HubError 404, the same whether it is absent, of a station that is not the asker's, or of a form
    a third party has no part in.
    """
    found, sees = store.get(session, photo), request.app.state.sees_photo
    if found is None or stations.visible(session, user, found.station) is None or not sees(session, user, found):
        raise HubError(404, Text("没有这张照片。", "There is no such photo."))
    return found


VisiblePhoto = Annotated[Photo, Depends(visible_photo)]


@router.get("/photos/{photo}")
def photo_copy(request: Request, session: SessionDep, photo: VisiblePhoto, copy: Copy = "shown") -> Response:
    """A copy without what the camera wrote along; 304 for a browser that has it."""
    content = store.copy_of(session, photo.id, copy)
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {"Cache-Control": ASKED_AGAIN, "ETag": tag}
    if request.headers.get("If-None-Match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="image/jpeg", headers=headers)


@router.get("/photos/{photo}/original")
def photo_original(session: SessionDep, _user: SeesTrail, photo: VisiblePhoto) -> Response:
    """The original as it was sent, EXIF and all. Raises HubError 409 where it no longer matches its digest."""
    try:
        content = store.original_of(session, photo)
    except store.Changed as error:
        raise HubError(409, Text("照片与上传时的校验码不符。", "The photo does not match its digest.")) from error
    ending = photo.media_type.rpartition("/")[2]
    name = f'attachment; filename="{photo.id}.{ending}"'
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-store"}
    return Response(content, media_type=photo.media_type, headers=headers)
