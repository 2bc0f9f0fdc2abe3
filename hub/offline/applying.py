"""An entry becomes an answer of its form: once, in its order, or is kept beside the answer that is there.

Reads and writes the database; each entry stands or falls by itself.
"""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session

from hub.accounts.store import identity
from hub.accounts.tables import User
from hub.inspections import mark_store
from hub.inspections import store as inspections
from hub.inspections.deeds import Deed
from hub.inspections.refusals import Refusal, Refused
from hub.inspections.sheet import Entry
from hub.inspections.tables import Inspection
from hub.inspections.three_minutes import BadFigure
from hub.keys import HubKeys
from hub.offline import acting, clocks, content, outcomes, store
from hub.offline.content import Content
from hub.offline.outcomes import Became, Outcome
from hub.offline.tables import OfflineEntry
from hub.photos.picture import BadPhoto
from shared.text import Text

MOVED_ON = frozenset({Refusal.CHANGED_MEANWHILE, Refusal.ALREADY_LOOKED, Refusal.SUBMITTED, Refusal.TESTED})
"""The entry was right when it was done, and the form has gone on since."""
WITHOUT_VERSION = (content.Photographed,)
"""What is added beside what is there and changes none of it."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """One entry as it came."""

    id: str
    text: str
    sha256: str
    """By the device."""
    place: int
    """Within its delivery."""
    sent_at: datetime
    """By the device's clock."""


def take_in(session: Session, user: User, came: Delivered, now: datetime, keys: HubKeys) -> Became:
    """What became of one entry. The same entry again becomes what it became, and changes nothing."""
    id_, text, digest = came.id, came.text, came.sha256
    if sha256(text.encode()).hexdigest() != digest:
        return outcomes.refused(outcomes.DAMAGED)
    said = content.read(text)
    if said is None:
        return outcomes.refused(outcomes.UNREADABLE)
    row = inspections.visible(session, user, said.inspection)
    if row is None:
        return outcomes.refused(outcomes.NO_INSPECTION)
    if (there := store.entry(session, id_)) is not None:
        return _before(there, user, digest)
    if said.photo is not None and store.photo(session, str(said.photo)) is None:
        # Not taken in: once the photo is here, the same entry is welcome.
        return outcomes.refused(outcomes.NO_PHOTO)
    kept = OfflineEntry(
        id=id_, inspection=said.inspection, key=said.key, what=said.deed.what, user=identity(user), who=user.name,
        content=text, sha256=digest, done_at=said.done_at, received_at=now, place=came.place, outcome=Outcome.REFUSED,
    )  # fmt: skip
    if not store.put(session, kept):  # the same at the same moment
        first = store.entry(session, id_)
        return outcomes.refused(outcomes.TAKEN_ID) if first is None else _before(first, user, digest)
    deed = Deed(user, clocks.done_at(said.done_at, came.sent_at, now), now, origin="offline", spent_s=said.spent_s)
    became = _applied(session, row, said, deed, keys)
    store.became(session, id_, became)
    return became


def _before(there: OfflineEntry, user: User, digest: str) -> Became:
    """What became of it the first time."""
    if there.user != identity(user) or there.sha256 != digest:
        return outcomes.refused(outcomes.TAKEN_ID)
    why = Text(there.why_zh, there.why_en) if there.why_zh else None
    return Became(Outcome(there.outcome), why, there.version)


def _applied(session: Session, row: Inspection, said: Content, deed: Deed, keys: HubKeys) -> Became:
    expected = said.version
    try:
        if said.key is None:
            with session.begin_nested():
                acting.whole(session, row, said, deed, keys)
            return Became(Outcome.APPLIED)
        before = inspections.line(session, row, said.key)[1]
        expected, torn = _expected(session, said)
        if isinstance(said.deed, WITHOUT_VERSION):
            expected = None
        elif _says_nothing_new(before, said, mark_store.marks(session, row)):
            return Became(Outcome.APPLIED, version=expected)
        elif torn or expected != before.version:
            return outcomes.conflict(expected)
        with session.begin_nested():
            acting.one_line(session, row, said, replace(deed, version=expected))
        return Became(Outcome.APPLIED, version=inspections.line(session, row, said.key)[1].version)
    except Refused as error:
        if error.refusal in MOVED_ON and said.key is not None:
            return outcomes.conflict(expected)
        return outcomes.refused(error.text, expected)
    except (BadPhoto, BadFigure) as error:
        return outcomes.refused(error.why, expected)
    except acting.Unusable as error:
        return outcomes.refused(error.why, expected)
    except LookupError:
        return outcomes.refused(outcomes.NO_LINE)


def _expected(session: Session, said: Content) -> tuple[int | None, bool]:
    """The version the device thinks its line has, and whether an entry before this one is a second answer already."""
    before = None if said.after is None else store.entry(session, str(said.after))
    if before is None or (before.inspection, before.key, before.user) != (said.inspection, said.key, said.user):
        return said.version, False
    return before.version, before.outcome == Outcome.CONFLICT


def _says_nothing_new(before: Entry, said: Content, marked: Set[str]) -> bool:
    """The same is there already, by whomever: there is nothing to choose."""
    line, deed = before.line, said.deed
    if isinstance(deed, content.Looked):
        return line.look == deed.look
    if isinstance(deed, content.Revealed):
        return before.seal == deed.seal and line.revealed_at is not None
    if isinstance(deed, content.Decided):
        return line.decided and (line.points, line.note) == (deed.points, deed.note.strip())
    if isinstance(deed, content.Marked):
        return (deed.key in marked) == deed.wanted
    return False
