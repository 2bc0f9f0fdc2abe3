"""Photos and signatures of inspections in the database."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from hub.inspections.sheet import Picture
from hub.inspections.signing import Signature, Signer
from hub.inspections.tables import InspectionPhoto, InspectionSignature
from hub.photos.tables import Photo


def photos_of(session: Session, inspection: int) -> Mapping[str, list[Picture]]:
    """By line, in the order they were taken."""
    query = (
        select(InspectionPhoto, Photo)
        .join(Photo, col(Photo.id) == col(InspectionPhoto.photo))
        .where(InspectionPhoto.inspection == inspection)
        .order_by(col(InspectionPhoto.taken_at), col(InspectionPhoto.photo))
    )
    found: defaultdict[str, list[Picture]] = defaultdict(list)
    for row, photo in session.exec(query):
        found[row.key].append(Picture(row.photo, photo.sha256, photo.taken_by, row.taken_at, row.matches))
    return found


def attach(session: Session, inspection: int, key: str, photo: Photo, taken_at: datetime, matches: bool | None) -> None:
    """To one line."""
    session.add(InspectionPhoto(photo=photo.id, inspection=inspection, key=key, taken_at=taken_at, matches=matches))
    session.flush()


def signatures_of(session: Session, inspection: int) -> list[Signature]:
    """The newest of each signer's name; of the head the newest."""
    query = select(InspectionSignature).where(InspectionSignature.inspection == inspection)
    found: dict[tuple[str, str], Signature] = {}
    for row in session.exec(query.order_by(col(InspectionSignature.id))):
        signer = Signer(row.signer)
        place = (row.signer, row.name if signer is Signer.INSPECTOR else "")
        found[place] = Signature(signer, row.name, row.at, row.by, row.drawing, row.refused)
    return list(found.values())


def sign(session: Session, inspection: int, signatures: Sequence[Signature]) -> None:
    """Under the form."""
    for one in signatures:
        session.add(
            InspectionSignature(
                inspection=inspection, signer=one.signer, name=one.name, drawing=one.drawing, refused=one.refused,
                at=one.at, by=one.by,
            )
        )  # fmt: skip
    session.flush()
