"""Photos, as rows: no state that matters lies in a process's folder, and a backup has them."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from hub.columns import UtcTime


class Photo(SQLModel, table=True):
    """A photo of a station, of whatever it is a proof. Its bytes lie beside it: lists do not read them."""

    __tablename__ = "photo"

    id: str = Field(primary_key=True, max_length=32)
    """Random, 128 bits: an address says nothing of how many there are."""
    station: str = Field(foreign_key="station.id", index=True)
    sha256: str
    """Of the original as it arrived, hexadecimal."""
    media_type: str
    bytes: int
    width: int
    height: int
    taken_by: str
    """Name of the user who sent it; `phone`: nobody knows, it came from the page at the door."""
    received_at: datetime = Field(sa_type=UtcTime)


class PhotoBytes(SQLModel, table=True):
    """The original, EXIF and all, and the copies without."""

    __tablename__ = "photo_bytes"

    id: str = Field(primary_key=True, foreign_key="photo.id")
    original: bytes = Field(sa_type=LargeBinary)
    shown: bytes = Field(sa_type=LargeBinary)
    small: bytes = Field(sa_type=LargeBinary)
