"""Reminds whoever answers for a complaint of its deadline: once before it, once when it has passed. I/O.

What is said names the complaint by its number: nothing of who wrote it, and nothing they wrote.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from hub import formats
from hub.accounts.actions import Action, may
from hub.accounts.tables import User
from hub.complaints import people
from hub.complaints.tables import Complaint
from hub.complaints.words import CATEGORIES, KINDS, UNANSWERED, Category, Kind
from hub.notices import reminders
from hub.notices.kinds import Reminding
from hub.notices.wording import Reminded
from hub.stations import store as stations
from hub.stations.tables import Station
from shared.text import Text

MOST = 50
"""Within one transaction."""


def remind(session: Session, now: datetime) -> int:
    """Write the reminders that are due, and when each complaint is next. Returns of how many they are."""
    waits = (col(Complaint.remind_at) <= now, col(Complaint.stage).in_(UNANSWERED))
    query = select(Complaint).where(*waits).order_by(col(Complaint.remind_at), col(Complaint.id)).limit(MOST)
    found = session.exec(query.with_for_update(skip_locked=True)).all()
    places = stations.of_ids(session, {row.station for row in found})
    for row in found:
        late = row.due_at <= now
        row.remind_at = None if late else row.due_at
        session.add(row)
        station = places.get(row.station)
        if station is not None:
            what = Reminding.COMPLAINT_LATE if late else Reminding.COMPLAINT_DUE
            reminders.tell(session, _whom(session, row, station, now), _said(row, station, what, now), now)
    session.flush()
    return len(found)


def take_back(session: Session, row: Complaint) -> None:
    """Nobody needs to be reminded of it any more, or somebody else does."""
    reminders.withdraw(session, path_of(row))


def path_of(row: Complaint) -> str:
    """The page of a saved one."""
    return f"/complaints/{row.id}"


def _whom(session: Session, row: Complaint, station: Station, now: datetime) -> Sequence[User]:
    """Its owner. Where nobody is named, or they may not any more: whoever names one, at the station's own unions;
    where nobody is there, at any above them.
    """
    able = people.owners(session, station, now)
    owner = [one for one in able if one.name == row.owner]
    assign = [one for one in able if may(one.role, Action.ASSIGN_COMPLAINTS)]
    own = {union for union in (station.union, station.industry) if union is not None}
    return owner or [one for one in assign if one.union in own] or assign


def _said(row: Complaint, station: Station, what: Reminding, now: datetime) -> Reminded:
    kind, category = KINDS[Kind(row.kind)], CATEGORIES[Category(row.category)]
    until = Text(*(formats.moment(row.due_at, language=one) for one in ("zh", "en")))
    words = Text(
        f"{kind.zh} {row.number}：{category.zh}\n答复期限：{until.zh}",
        f"{kind.en} {row.number}: {category.en}\nTo be answered by {until.en}",
    )
    place = Text(station.name, station.name_en or station.name)
    return Reminded(what, path_of(row), row.number, place, words, now)
