"""What an entry says, done to its form by the actions the form's own page uses. Reads and writes the database."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from hub.findings.after_submit import make_findings
from hub.inspections import actions, door_code, mark_store
from hub.inspections import store as inspections
from hub.inspections.deeds import Deed
from hub.inspections.log_store import identity as number_of
from hub.inspections.presence import Place
from hub.inspections.scoring import NotInTheRubric, legal
from hub.inspections.sealing import BrokenSeal
from hub.inspections.tables import Inspection
from hub.inspections.wording import not_a_value
from hub.keys import HubKeys
from hub.offline import content, outcomes, store
from hub.offline.content import Content
from hub.stations import store as stations
from shared.door_code import AHEAD_STEPS, CODE_STEP_S
from shared.text import Text

AHEAD = timedelta(seconds=AHEAD_STEPS * CODE_STEP_S)
"""A code of a time to come nobody has seen."""


class Unusable(Exception):
    """Why an entry cannot be applied."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def one_line(session: Session, row: Inspection, said: Content, deed: Deed) -> None:
    """Raises what the actions raise, and Unusable."""
    done, number = said.deed, said.inspection
    if isinstance(done, content.Looked):
        actions.look(session, row, done.key, done.look, deed)
    elif isinstance(done, content.Revealed):
        sealed = store.given(session, number, done.key, done.seal)
        if sealed is None:
            raise Unusable(outcomes.NOT_GIVEN)
        try:
            actions.reveal(session, row, done.key, deed, sealed)
        except BrokenSeal as error:
            raise Unusable(outcomes.NOT_GIVEN) from error
    elif isinstance(done, content.Decided):
        _decide(session, row, done, deed)
    elif isinstance(done, content.Measurements):
        actions.put_test(session, row, done.key, done.facility, done.figures, deed)
    elif isinstance(done, content.Photographed):
        shown = _bytes(session, said, done.sha256)
        actions.put_photo(session, row, done.key, shown, deed, done.sha256)
        store.photo_lies_elsewhere(session, str(done.photo))
    elif isinstance(done, content.Marked) and not mark_store.mark(session, row, done.key, done.wanted, deed):
        raise Unusable(mark_store.NO_NOTE)


def _decide(session: Session, row: Inspection, done: content.Decided, deed: Deed) -> None:
    item, before = inspections.line(session, row, done.key)
    if done.points is not None:
        try:
            legal(inspections.rubric_of(row), done.key, done.points)
        except NotInTheRubric as error:
            raise Unusable(not_a_value(done.key, item.text, str(done.points), error.allowed)) from error
    number = number_of(row)
    # What was proposed while the device was away, not what would be proposed of the days since.
    sealed = store.given_last(session, number, done.key, deed.at) if before.line.blind else None
    actions.decide(session, row, done.key, done.points, done.reason, done.note, deed, sealed)


def whole(session: Session, row: Inspection, said: Content, deed: Deed, keys: HubKeys) -> None:
    """Raises what the actions raise, and Unusable."""
    done = said.deed
    if isinstance(done, content.Arrived):
        place = Place(done.latitude, done.longitude, done.accuracy_m)
        actions.arrive(session, row, replace(deed, place=place))
    elif isinstance(done, content.CodeSeen):
        _code_seen(session, row, done, deed, keys)
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
            raise Unusable(outcomes.CHOOSE_FIRST)
        actions.submit(session, row, deed)
        make_findings(session, row, deed.who, deed.now)


def _code_seen(session: Session, row: Inspection, done: content.CodeSeen, deed: Deed, keys: HubKeys) -> None:
    """The code itself says when it was shown; how far that is from when the device says it was typed is kept."""
    station = stations.get(session, row.station)
    seen = None if station is None else door_code.seen_then(keys, station, done.code, deed.at)
    if seen is None or seen.at > deed.now + AHEAD:
        raise Unusable(outcomes.OTHER_CODE)
    actions.arrive_by_code(session, row, seen, deed)


def _bytes(session: Session, said: Content, digest: str | None) -> bytes:
    """The photo that was sent ahead. Raises Unusable."""
    found = None if said.photo is None else store.photo(session, str(said.photo))
    if found is None or found.content is None or (found.inspection, found.user) != (said.inspection, said.user):
        raise Unusable(outcomes.NO_PHOTO)
    if found.sha256 != digest:
        raise Unusable(outcomes.OTHER_PHOTO)
    return found.content
