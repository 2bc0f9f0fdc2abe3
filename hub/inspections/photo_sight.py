"""Which photos of a station somebody sees who is to see nothing but what is its own (AH-41)."""

from sqlmodel import Session, col, select

from hub.accounts.roles import Role
from hub.accounts.tables import User
from hub.inspections import store
from hub.inspections.tables import InspectionPhoto, InspectionSignature
from hub.photos.tables import Photo


def sees_photo(session: Session, user: User, photo: Photo) -> bool:
    """Whether the user, who may see the station, may see this photo of it.

    A third party sees those it sent and those of the forms it is named on; everybody else sees all.
    """
    if user.role != Role.THIRD_PARTY or photo.taken_by == user.name:
        return True
    signed = select(InspectionSignature.inspection).where(col(InspectionSignature.drawing) == photo.id)
    shown = select(InspectionPhoto.inspection).where(col(InspectionPhoto.photo) == photo.id)
    forms = [*session.exec(signed).all(), *session.exec(shown).all()]
    return any(store.visible(session, user, number) is not None for number in forms)
