"""An entry becomes an answer of its form: once, in its order, or is kept beside the answer that is there.

Reads and writes the database; each entry stands or falls by itself.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session

from hub.accounts.store import identity
from hub.accounts.tables import User
from hub.inspections import actions
from hub.inspections import store as inspections
from hub.inspections.deeds import Deed
from hub.inspections.log_store import identity as number_of
from hub.inspections.presence import Place
from hub.inspections.refusals import Refusal, Refused
from hub.inspections.scoring import NotInTheRubric, legal
from hub.inspections.sealing import BrokenSeal
from hub.inspections.sheet import Entry
from hub.inspections.tables import Inspection
from hub.inspections.three_minutes import BadFigure
from hub.inspections.wording import not_a_value
from hub.offline import clocks, content, outcomes, store
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


def take_in(session: Session, user: User, came: Delivered, now: datetime) -> Became:
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
    became = _applied(session, row, said, deed)
    store.became(session, id_, became)
    return became


def _before(there: OfflineEntry, user: User, digest: str) -> Became:
    """What became of it the first time."""
    if there.user != identity(user) or there.sha256 != digest:
        return outcomes.refused(outcomes.TAKEN_ID)
    why = Text(there.why_zh, there.why_en) if there.why_zh else None
    return Became(Outcome(there.outcome), why, there.version)


def _applied(session: Session, row: Inspection, said: Content, deed: Deed) -> Became:
    expected = said.version
    try:
        if said.key is None:
            with session.begin_nested():
                _whole(session, row, said, deed)
            return Became(Outcome.APPLIED)
        before = inspections.line(session, row, said.key)[1]
        expected, torn = _expected(session, said)
        if isinstance(said.deed, WITHOUT_VERSION):
            expected = None
        elif _says_nothing_new(before, said):
            return Became(Outcome.APPLIED, version=expected)
        elif torn or expected != before.version:
            return outcomes.conflict(expected)
        with session.begin_nested():
            _one_line(session, row, said, replace(deed, version=expected))
        return Became(Outcome.APPLIED, version=inspections.line(session, row, said.key)[1].version)
    except Refused as error:
        if error.refusal in MOVED_ON and said.key is not None:
            return outcomes.conflict(expected)
        return outcomes.refused(error.text, expected)
    except (BadPhoto, BadFigure) as error:
        return outcomes.refused(error.why, expected)
    except _Refused as error:
        return outcomes.refused(error.why, expected)
    except LookupError:
        return outcomes.refused(outcomes.NO_LINE)


def _expected(session: Session, said: Content) -> tuple[int | None, bool]:
    """The version the device thinks its line has, and whether an entry before this one is a second answer already."""
    before = None if said.after is None else store.entry(session, str(said.after))
    if before is None or (before.inspection, before.key, before.user) != (said.inspection, said.key, said.user):
        return said.version, False
    return before.version, before.outcome == Outcome.CONFLICT


def _says_nothing_new(before: Entry, said: Content) -> bool:
    """The same is there already, by whomever: there is nothing to choose."""
    line, deed = before.line, said.deed
    if isinstance(deed, content.Looked):
        return line.look == deed.look
    if isinstance(deed, content.Revealed):
        return before.seal == deed.seal and line.revealed_at is not None
    if isinstance(deed, content.Decided):
        return line.decided and (line.points, line.note) == (deed.points, deed.note.strip())
    return False


class _Refused(Exception):
    """Why an entry cannot be applied."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def _one_line(session: Session, row: Inspection, said: Content, deed: Deed) -> None:
    """Raises what the actions raise, and _Refused."""
    done, number = said.deed, said.inspection
    if isinstance(done, content.Looked):
        actions.look(session, row, done.key, done.look, deed)
    elif isinstance(done, content.Revealed):
        sealed = store.given(session, number, done.key, done.seal)
        if sealed is None:
            raise _Refused(outcomes.NOT_GIVEN)
        try:
            actions.reveal(session, row, done.key, deed, sealed)
        except BrokenSeal as error:
            raise _Refused(outcomes.NOT_GIVEN) from error
    elif isinstance(done, content.Decided):
        _decide(session, row, done, deed)
    elif isinstance(done, content.Measurements):
        actions.put_test(session, row, done.key, done.facility, done.figures, deed)
    elif isinstance(done, content.Photographed):
        shown = _bytes(session, said, done.sha256)
        actions.put_photo(session, row, done.key, shown, deed, done.sha256)
        store.photo_lies_elsewhere(session, str(done.photo))


def _decide(session: Session, row: Inspection, done: content.Decided, deed: Deed) -> None:
    item, before = inspections.line(session, row, done.key)
    if done.points is not None:
        try:
            legal(inspections.rubric_of(row), done.key, done.points)
        except NotInTheRubric as error:
            raise _Refused(not_a_value(done.key, item.text, str(done.points), error.allowed)) from error
    number = number_of(row)
    # What was proposed while the device was away, not what would be proposed of the days since.
    sealed = store.given_last(session, number, done.key, deed.at) if before.line.blind else None
    actions.decide(session, row, done.key, done.points, done.reason, done.note, deed, sealed)


def _whole(session: Session, row: Inspection, said: Content, deed: Deed) -> None:
    """Raises what the actions raise, and _Refused."""
    done = said.deed
    if isinstance(done, content.Arrived):
        place = Place(done.latitude, done.longitude, done.accuracy_m)
        actions.arrive(session, row, replace(deed, place=place))
    elif isinstance(done, content.Signed):
        drawing = None if done.photo is None else _bytes(session, said, done.sha256)
        actions.sign(session, row, done.signer, done.name, drawing, deed)
        if done.photo is not None:
            store.photo_lies_elsewhere(session, str(done.photo))
    elif isinstance(done, content.RefusedToSign):
        actions.refuse_to_sign(session, row, done.name, done.why, deed)
    elif isinstance(done, content.Remarked):
        actions.head_remark(session, row, done.text, deed)
    elif isinstance(done, content.Submitted):
        if store.second_answers(session, said.inspection):
            raise _Refused(outcomes.CHOOSE_FIRST)
        actions.submit(session, row, deed)


def _bytes(session: Session, said: Content, digest: str | None) -> bytes:
    """The photo that was sent ahead. Raises _Refused."""
    found = None if said.photo is None else store.photo(session, str(said.photo))
    if found is None or found.content is None or (found.inspection, found.user) != (said.inspection, said.user):
        raise _Refused(outcomes.NO_PHOTO)
    if found.sha256 != digest:
        raise _Refused(outcomes.OTHER_PHOTO)
    return found.content
