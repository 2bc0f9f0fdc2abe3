"""Lines whose note the inspector wants put right, though the points alone would not say so."""

from sqlmodel import Session, delete, select

from hub.inspections import actions, store
from hub.inspections.deeds import Change, Deed
from hub.inspections.log_store import identity, written
from hub.inspections.tables import Inspection, InspectionMark
from hub.upsert import insert_new
from shared.text import Text

NO_NOTE = Text("请先写备注：备注就是整改的内容。", "Write a note first: it says what is to be put right.")


def marks(session: Session, row: Inspection) -> set[str]:
    """The keys of these lines."""
    return set(session.exec(select(InspectionMark.key).where(InspectionMark.inspection == identity(row))))


def mark(session: Session, row: Inspection, key: str, wanted: bool, deed: Deed) -> bool:
    """Mark the line or take the mark away; saying the same twice changes nothing. False: it has no note to make a
    finding of. Raises Refused for a form that is closed or not this user's to fill in, LookupError for no such line.
    """
    actions.fillable(session, row, deed)
    _, before = store.line(session, row, key)
    if wanted and not before.line.note:
        return False
    there = key in marks(session, row)
    if wanted == there:
        return True
    if wanted:
        mine = {"inspection": identity(row), "key": key, "by": deed.who.name, "at": deed.at}
        insert_new(session, InspectionMark, mine)
    else:
        these = (InspectionMark.inspection == identity(row), InspectionMark.key == key)
        session.connection().execute(delete(InspectionMark).where(*these))  # type: ignore[arg-type]
    written(session, row, key, Change("mark", None, before.line.note if wanted else None), deed)
    return True
