"""Which photos of a station somebody sees who must know nobody else's judgement (AH-41)."""

from sqlmodel import Session, col, select

from hub.accounts.roles import Role
from hub.accounts.tables import User
from hub.findings.tables import Finding, FindingStep
from hub.inspections import store as inspections
from hub.inspections.tables import InspectionPhoto, InspectionSignature
from hub.photos.tables import Photo


def sees_photo(session: Session, user: User, photo: Photo) -> bool:
    """Whether the user, who may see the station, may see this photo of it.

    A third party sees what it sent, what belongs to its own forms and findings, and what is part of nobody's: the
    posted rules, a machine's plate. Everybody else sees all.
    """
    if user.role != Role.THIRD_PARTY or photo.taken_by == user.name:
        return True
    signed = select(InspectionSignature.inspection).where(col(InspectionSignature.drawing) == photo.id)
    shown = select(InspectionPhoto.inspection).where(col(InspectionPhoto.photo) == photo.id)
    forms = [*session.exec(signed).all(), *session.exec(shown).all()]
    if forms:
        return any(inspections.visible(session, user, number) is not None for number in forms)
    steps = select(Finding.made_by).join(FindingStep, col(FindingStep.finding) == col(Finding.id))
    makers = session.exec(steps.where(col(FindingStep.photo) == photo.id)).all()
    return not makers or user.name in makers
