"""The app's traffic: who is signed in, the download, entries, photos. Everything may be sent again."""

from base64 import b64encode
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Header, Query, Request, Response

from hub.accounts.actions import Action, may
from hub.accounts.store import identity
from hub.errors import HubError
from hub.inspections import store as inspections
from hub.inspections.prefill import ItemProposal
from hub.inspections.sheet import SheetLine
from hub.keys import hub_keys
from hub.offline import content, given, keys, models, outcomes, saying, store
from hub.offline.applying import Delivered, take_in
from hub.offline.content import Digest
from hub.offline.language import asker_in, speaking
from hub.offline.package import Carried, carried
from hub.pages import fragment, visitor_of
from hub.photos.picture import LARGEST_BYTES, NO_PHOTO, TOO_LARGE, BadPhoto, developed
from hub.photos.sent import LARGEST_FORM
from hub.sessions import NowDep, SessionDep
from hub.signed_in import Inspects, SignedIn
from shared.text import Language, Text

router = APIRouter(prefix="/api/offline", tags=["offline"])
OTHER_PERSON = Text(
    "这些内容是另一个人填写的，没有采用；请由本人登录后发送。",
    "These entries are another person's; none was used. Let that person sign in and send them.",
)
DIGEST_TAKEN = Text("此编号已用于另一张照片", "This id was used for another photo")


@router.get("/session")
def session_said(request: Request, user: SignedIn) -> models.Session:
    """Who is signed in, with a fresh token for what changes something."""
    return models.Session(
        id=identity(user), name=user.name, inspects=may(user.role, Action.INSPECT), csrf=visitor_of(request).csrf
    )


@router.post("/key")
def key(request: Request, response: Response, session: SessionDep, now: NowDep, user: SignedIn) -> models.PhoneKey:
    """What this user's phones encrypt with what they keep: made once, the same each time it is asked for.

    Of every role: who no longer inspects may still read what lies on the own phone.
    """
    response.headers["Cache-Control"] = "no-store"
    plain = keys.of(session, hub_keys(request.app.state.settings.folder), identity(user), now)
    return models.PhoneKey(key=b64encode(plain).decode())


@router.post("/package")
def package(
    request: Request, session: SessionDep, now: NowDep, user: Inspects, language: Language | None = None
) -> given.Package:
    """The forms this user is to fill in, those due first, thirty at most; forms nobody began are begun.

    Proposals of blind lines are not among it. The others are sealed: what is opened later is named by its digest.
    """
    asker = asker_in(request, language)

    def draw(one: Carried, shown: SheetLine, proposal: ItemProposal) -> str:
        sealed = one.sealed.get(shown.item.key)
        return fragment(
            request, "offline/_proposal.html", proposal=proposal, item=shown.item, station=one.station.id,
            not_observable=shown.not_observable, second=shown.entry.second, chart=saying.chart,
            seal=shown.entry.seal or (sealed.digest if sealed else ""),
        )  # fmt: skip

    taken = carried(session, user, now, request.app.state.open_findings)
    with speaking(request, asker):
        forms = [saying.inspection(one, asker.language, draw) for one in taken]
    return given.Package(user=identity(user), made_at=now, language=asker.language, inspections=forms)


@router.post("/entries")
def entries(
    request: Request,
    session: SessionDep,
    now: NowDep,
    user: Inspects,
    sent: models.SentEntries,
    language: Language | None = None,
) -> models.EntriesBecame:
    """Take entries in, in their order, each once: a second delivery is answered as the first was.

    Raises HubError 409, and then takes none in, where one of them is another person's.
    """
    said = [content.read(one.content) for one in sent.entries]
    if any(one is not None and one.user != identity(user) for one in said):
        raise HubError(409, OTHER_PERSON)
    asker, hub = asker_in(request, language), hub_keys(request.app.state.settings.folder)
    found = []
    for place, one in enumerate(sent.entries):
        came = Delivered(str(one.id), one.content, one.sha256, place, sent.sent_at)
        became = take_in(session, user, came, now, hub)
        why = None if became.why is None else became.why.say(asker.language)
        found.append(models.EntryBecame(id=one.id, outcome=became.outcome, why=why))
    return models.EntriesBecame(outcomes=found)


@router.put("/photos/{photo}", max_body_size=LARGEST_FORM)
def photo(
    session: SessionDep,
    now: NowDep,
    user: Inspects,
    photo: UUID,
    inspection: Annotated[int, Query(ge=1, le=2**31 - 1)],
    sent: Annotated[bytes, Body(media_type="application/octet-stream")],
    x_photo_sha256: Annotated[Digest, Header()],
) -> models.PhotoKept:
    """Keep a photo until its entry comes; the same again changes nothing.

    Raises HubError 422 where the bytes are not those the digest was made of or are no photo, 413 where they are too
    many, 409 where the id is another photo's, 404 where the form is not this user's to fill in.
    """
    row = inspections.visible(session, user, inspection)
    if row is None or not inspections.may_fill(session, row, user):
        raise HubError(404, outcomes.NO_INSPECTION)
    if len(sent) > LARGEST_BYTES:
        raise HubError(413, TOO_LARGE)
    if sha256(sent).hexdigest() != x_photo_sha256:
        raise HubError(422, outcomes.OTHER_PHOTO)
    there = store.photo(session, str(photo))
    if there is None:
        try:
            developed(sent)
        except BadPhoto as error:
            raise HubError(422, error.why or NO_PHOTO) from error
        store.put_photo(session, str(photo), inspection, user, sent, x_photo_sha256, now)
        there = store.photo(session, str(photo))
    if there is None or (there.sha256, there.user, there.inspection) != (x_photo_sha256, identity(user), inspection):
        raise HubError(409, DIGEST_TAKEN)
    return models.PhotoKept(id=photo, sha256=there.sha256)
