"""One inspection with all that belongs to it, read from the database."""

from sqlmodel import Session

from hub.exports.appendix import Whole
from hub.exports.paper import Paper, Picture
from hub.findings import reading
from hub.inspections import store
from hub.inspections.attachment_store import signatures_of
from hub.inspections.log_store import identity
from hub.inspections.tables import Inspection
from hub.inspections.version_store import versions
from hub.photos import store as photos

LARGE = 24
"""Photos set large in a PDF; further ones are small."""
MOST_PHOTOS = 120


def whole_of(session: Session, row: Inspection) -> Whole:
    """Raises BrokenSeal where a sealed proposal was tampered with."""
    return Whole(
        store.sheet(session, row),
        signatures_of(session, identity(row)),
        versions(session, row),
        reading.of_inspection(session, row),
    )


def pictures_of(session: Session, paper: Paper) -> dict[str, bytes]:
    """The copies without EXIF a PDF takes in, by id."""
    wanted = [block.photo for block in paper.appendix if isinstance(block, Picture)][:MOST_PHOTOS]
    return {
        photo: photos.copy_of(session, photo, "shown" if number < LARGE else "small")
        for number, photo in enumerate(wanted)
    }
