"""Photos in the database: keeping, finding, reading."""

import secrets
from datetime import datetime
from hashlib import sha256
from typing import Literal

import sqlalchemy
from sqlmodel import Session, col, select

from hub.photos.blank import BLANK
from hub.photos.picture import developed
from hub.photos.tables import Photo, PhotoBytes

Copy = Literal["shown", "small"]


class Changed(Exception):
    """The stored original is not what was sent."""


def keep(session: Session, station: str, content: bytes, by: str, now: datetime) -> Photo:
    """Keep what somebody sent. Raises BadPhoto."""
    picture = developed(content)
    row = Photo(
        id=secrets.token_hex(16), station=station, sha256=picture.sha256, media_type=picture.media_type,
        bytes=len(content), width=picture.width, height=picture.height, taken_by=by, received_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.add(PhotoBytes(id=row.id, original=picture.original, shown=picture.shown, small=picture.small))
    session.flush()
    return row


def get(session: Session, photo: str) -> Photo | None:
    """One photo. None: there is none of this id."""
    return session.get(Photo, photo)


def copy_of(session: Session, photo: str, copy: Copy) -> bytes:
    """A JPEG copy without EXIF."""
    column = PhotoBytes.shown if copy == "shown" else PhotoBytes.small
    return session.exec(select(column).where(PhotoBytes.id == photo)).one()


def original_of(session: Session, photo: Photo) -> bytes:
    """As it was sent. Raises Changed where a byte is another."""
    content = session.exec(select(PhotoBytes.original).where(PhotoBytes.id == photo.id)).one()
    if sha256(content).hexdigest() != photo.sha256:
        raise Changed(f"photo {photo.id} does not match its digest {photo.sha256[:12]}")
    return content


def delete(session: Session, photo: str) -> None:
    """It goes, its copies too; nothing may name it any more."""
    session.connection().execute(sqlalchemy.delete(PhotoBytes).where(col(PhotoBytes.id) == photo))
    session.connection().execute(sqlalchemy.delete(Photo).where(col(Photo.id) == photo))


def blank(session: Session, photo: str) -> None:
    """Its original and copies go, and grey stands in their place: what names it may not be changed."""
    row = session.get_one(PhotoBytes, photo)
    row.original = row.shown = row.small = BLANK
    session.add(row)
    session.flush()
