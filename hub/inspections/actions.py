"""What may happen to an inspection, one function each: the form's routes and the offline sync call the same.

Each checks that this user may and that it is its turn, keeps it, and writes it to the trails. Raises `Refused`, and
then nothing was changed; LookupError for a line the form does not have. The same again changes nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

from sqlmodel import Session

from hub.health import store as health
from hub.inspections import attachment_store as attachments
from hub.inspections import evidence_store, store, workflow
from hub.inspections.answers import TESTS
from hub.inspections.closing import correct, review, submit
from hub.inspections.deeds import Change, Deed
from hub.inspections.door_code import Seen
from hub.inspections.log_store import identity, said_last, written
from hub.inspections.presence import Presence, Proof, distance_m, judged
from hub.inspections.refusals import Refusal, Refused
from hub.inspections.sealing import Sealed, seal, unseal
from hub.inspections.sheet import Entry
from hub.inspections.signing import Signature, Signer
from hub.inspections.store import answer, sealed_as
from hub.inspections.tables import Inspection
from hub.inspections.three_minutes import Done, figures_of, made
from hub.inspections.workflow import Look, Reason
from hub.photos import store as photos
from hub.photos.tables import Photo
from hub.rulebook import Item
from hub.stations import store as stations

__all__ = [
    "arrive", "arrive_by_code", "correct", "decide", "fillable", "head_remark", "look", "put_photo", "put_test",
    "refuse_to_sign",
    "reveal", "review", "sign", "submit",
]  # fmt: skip
MOST_PHOTOS = 12
"""Of one line."""


def arrive(session: Session, row: Inspection, deed: Deed) -> None:
    """Where the inspector's device says they are. What was proven once stays; it never blocks anything."""
    _mine(session, row, deed)
    _open(row)
    station = stations.get(session, row.station)
    place = deed.place
    if place is None or station is None:
        raise Refused(Refusal.PLACE_MISSING)
    known = station.latitude is not None and station.longitude is not None
    away = distance_m(place, station.latitude or 0.0, station.longitude or 0.0) if known else None
    found = judged(place, away)
    if row.presence == "proven" or row.arrived_at == deed.at:
        return
    row.presence, row.arrived_at, row.distance_m = found, deed.at, away
    row.arrived_by, row.code_steps = Proof.PLACE, None
    row.latitude, row.longitude, row.accuracy_m = place.latitude, place.longitude, place.accuracy_m
    session.add(row)
    written(session, row, None, Change("arrive", None, found), deed)


def arrive_by_code(session: Session, row: Inspection, seen: Seen, deed: Deed) -> None:
    """The inspector saw the rotating code of the station's kiosk. What was proven once stays; an older code blocks
    nothing, and proves nothing."""
    _mine(session, row, deed)
    _open(row)
    found = Presence.PROVEN if seen.fresh else Presence.STALE
    if row.presence == "proven" or (row.arrived_at, row.presence) == (seen.at, found):
        return
    row.presence, row.arrived_at, row.arrived_by, row.code_steps = found, seen.at, Proof.CODE, seen.steps
    session.add(row)
    written(session, row, None, Change("arrive", None, found, f"code {seen.at:%FT%TZ} {seen.steps:+d}"), deed)


def look(session: Session, row: Inspection, key: str, seen: Look, deed: Deed) -> None:
    """The inspector's own look."""
    item, before = _line(session, row, key, deed)
    if before.line.look is seen:
        return
    after = workflow.look(before.line, seen, deed.at)
    _unchanged_since(before, deed)
    answer(session, row, item.key, before, after, Change("look", before.line.look, seen), deed)


def reveal(session: Session, row: Inspection, key: str, deed: Deed, sealed: Sealed | None = None) -> None:
    """Seal and show the proposal: `sealed`, which the hub had handed out to be opened without a network; or None, and
    it is made now. Raises BrokenSeal."""
    item, before = _line(session, row, key, deed)
    workflow.may_reveal(before.line)
    if before.line.revealed_at is not None:
        return
    kept = sealed or _sealed_now(session, row, item, before, deed)
    proposal = unseal(kept)
    after = workflow.reveal(before.line, proposal.points, deed.at)
    said = "–" if proposal.points is None else str(proposal.points)
    change = Change("reveal", None, f"{said} {proposal.rule} {kept.digest[:12]}")
    answer(session, row, item.key, before, after, change, deed, sealed_as(kept))


def decide(
    session: Session,
    row: Inspection,
    key: str,
    points: int | None,
    reason: Reason | None,
    note: str,
    deed: Deed,
    sealed: Sealed | None = None,
) -> None:
    """A person's points, legal ones (`scoring.legal`); None: not applicable. Of a blind line the proposal is made or
    taken from `sealed` at the first decision, and sealed; nobody sees it yet."""
    item, before = _line(session, row, key, deed)
    may_skip = store.sheet(session, row).may_skip(key)
    after = workflow.decide(before.line, points, deed.who.name, deed.at, reason, note, may_skip)
    line = before.line
    if (line.points, line.not_applicable, line.reason, line.note) == (
        after.points, after.not_applicable, after.reason, after.note,
    ):  # fmt: skip
        return
    _unchanged_since(before, deed)
    unseen = before.line.blind and before.sealed is None
    kept = sealed_as(sealed or _sealed_now(session, row, item, before, deed)) if unseen else None
    told = " ".join(part for part in (after.reason or "", after.note) if part)
    change = Change("decide", _said(before), "n/a" if points is None else str(points), told or None)
    answer(session, row, item.key, before, after, change, deed, kept)


def put_photo(
    session: Session, row: Inspection, key: str, content: bytes, deed: Deed, digest: str | None = None
) -> Photo:
    """A photo of one line. `digest` is the SHA-256 the device made when it was taken; None: it made none. The same
    photo of the same line again is the one that is there. Raises BadPhoto."""
    item, before = _line(session, row, key, deed)
    _open(row)
    found = sha256(content).hexdigest()
    for there in before.photos:
        if there.sha256 == found and (kept := photos.get(session, there.id)) is not None:
            return kept
    if len(before.photos) >= MOST_PHOTOS:
        raise Refused(Refusal.TOO_MANY_PHOTOS)
    photo = photos.keep(session, row.station, content, deed.who.name, deed.now)
    attachments.attach(session, identity(row), item.key, photo, deed.at, None if digest is None else digest == found)
    written(session, row, item.key, Change("photo", None, photo.sha256), deed)
    return photo


def put_test(
    session: Session, row: Inspection, key: str, facility: str | None, figures: Mapping[str, float | None], deed: Deed
) -> Done:
    """The 3-minute test, made once: where it succeeds a proof by this inspector. If the proposal was shown already it
    is made again, once, and both stay. `facility` may be left out where there is one or none. Raises BadFigure."""
    item, before = _line(session, row, key, deed)
    if before.test is not None and before.test.figures == figures_of(item.kind or "", figures):
        return before.test
    workflow.may_test(before.line, before.test is not None)
    there = [one.id for one in stations.facilities(session, row.station) if one.kind == item.kind]
    tested = facility or (there[0] if len(there) == 1 else None)
    if there and tested not in there:
        raise Refused(Refusal.WHICH_FACILITY)
    done = made(item.kind or "", tested if there else None, figures, deed.who.name, deed.at)
    kept = {"test": TESTS.dump_python(done, mode="json"), "test_at": done.at, "test_by": done.by}
    line = before.line
    if before.sealed is not None and done.facility is not None:
        again = _sealed_now(session, row, item, replace(before, test=done), deed)
        kept |= sealed_as(again, second=True)
        line = replace(line, proposed=unseal(again).points)
    change = Change("test", None, f"{done.rule} {'passed' if done.passed else 'failed'}", done.why.zh)
    answer(session, row, item.key, before, line, change, deed, kept)
    if done.passed and done.facility is not None:
        proof = {
            "id": f"test-{identity(row)}-{item.key}", "station": row.station, "facility": done.facility,
            "rule": done.rule, "rule_version": 1, "mode": done.mode, "grade": int(done.grade), "proved_at": done.at,
            "values": done.figures, "by": done.by,
        }  # fmt: skip
        health.put_proofs(session, [proof])
    return done


def sign(session: Session, row: Inspection, signer: Signer, name: str, drawing: bytes | None, deed: Deed) -> None:
    """A name under the form, typed, and drawn where `drawing` holds a picture of it. Raises BadPhoto."""
    _mine(session, row, deed)
    _open(row)
    typed = name.strip()
    if not typed:
        raise Refused(Refusal.NAME_MISSING)
    change = Change("sign", None, f"{signer} {typed}")
    if drawing is None and said_last(session, row, change, deed):
        return
    photo = None if drawing is None else photos.keep(session, row.station, drawing, deed.who.name, deed.now)
    signature = Signature(signer, typed, deed.at, deed.who.name, None if photo is None else photo.id)
    attachments.sign(session, identity(row), [signature])
    written(session, row, None, change, deed)


def refuse_to_sign(session: Session, row: Inspection, name: str, reason: str, deed: Deed) -> None:
    """The station head does not sign, and why: refused, or not there."""
    _mine(session, row, deed)
    _open(row)
    if not reason.strip():
        raise Refused(Refusal.WORDS_MISSING)
    change = Change("refuse_to_sign", None, f"{Signer.HEAD} {name.strip()}", reason.strip())
    if said_last(session, row, change, deed):
        return
    signature = Signature(Signer.HEAD, name.strip(), deed.at, deed.who.name, refused=reason.strip())
    attachments.sign(session, identity(row), [signature])
    written(session, row, None, change, deed)


def head_remark(session: Session, row: Inspection, text: str, deed: Deed) -> None:
    """What the station head says of the inspection, taken down."""
    _mine(session, row, deed)
    _open(row)
    old, new = row.remark, text.strip()
    if new != old:
        row.remark = new
        session.add(row)
        written(session, row, None, Change("remark", old or None, new or None), deed)


def _mine(session: Session, row: Inspection, deed: Deed) -> None:
    if not store.may_fill(session, row, deed.who):
        raise Refused(Refusal.NOT_ASSIGNED)


def _open(row: Inspection) -> None:
    if not store.is_open(row):
        raise Refused(Refusal.SUBMITTED)


def fillable(session: Session, row: Inspection, deed: Deed) -> None:
    """Raises Refused where the form is closed or not this user's to fill in."""
    _mine(session, row, deed)
    _open(row)


def _line(session: Session, row: Inspection, key: str, deed: Deed) -> tuple[Item, Entry]:
    _mine(session, row, deed)
    return store.line(session, row, key)


def _unchanged_since(before: Entry, deed: Deed) -> None:
    """A form names the version it showed; a program may leave it out."""
    if deed.version is not None and deed.version != before.version:
        raise Refused(Refusal.CHANGED_MEANWHILE)


def _said(before: Entry) -> str | None:
    if before.line.not_applicable:
        return "n/a"
    return None if before.line.points is None else str(before.line.points)


def _sealed_now(session: Session, row: Inspection, item: Item, before: Entry, deed: Deed) -> Sealed:
    station = stations.get(session, row.station)
    if station is None:
        raise LookupError(f"there is no station {row.station}")
    tests = () if before.test is None else (before.test,)
    made_now = evidence_store.proposals(session, station, row.rubric, deed.now, identity(row), tests)
    return seal(made_now[item.key])
