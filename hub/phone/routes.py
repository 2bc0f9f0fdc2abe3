"""The phone at the door: a scan becomes a form, a tap a check-in. For everybody: no account, no cookie.

Each form carries a token of its own, which only this hub could have signed; that is what stands in for a cookie's.
"""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from hub.errors import HubError
from hub.phone import bounds, store, tokens, word_routes
from hub.phone.of_request import EntranceDep, KeysDep, OwnDep, SourceDep, Token, form
from hub.phone.page import (
    EXPIRED,
    TOO_LATE,
    UNDONE,
    Sent,
    arrival,
    done,
    fresh,
    page,
    refused,
    shown,
)
from hub.phone.tokens import Done, Receipt
from hub.sessions import NowDep, SessionDep
from hub.signed_in import Everybody
from hub.stations import door_codes
from shared.settings_message import OCCUPATIONS
from shared.text import Text

router = APIRouter(tags=["phone"])
WHO = Text("请点一个职业。", "Tap one occupation.")


@router.get("/c/{station}")
def by_the_wall(
    request: Request, now: NowDep, found: EntranceDep, keys: KeysDep,
    token: Annotated[str, Query(max_length=tokens.LONGEST)] = "",
) -> HTMLResponse:  # fmt: skip
    """By the printed code, which says where somebody is and proves nothing; `token`: a form that was given already."""
    given = tokens.read(keys, token, found.id, now) if token else None
    return page(request, found, keys, given or fresh(found.id, "static", now))


@router.get("/c/{station}/done")
def was_done(
    request: Request, session: SessionDep, now: NowDep, found: EntranceDep, keys: KeysDep, lang: Everybody,
    receipt: Annotated[str, Query(max_length=tokens.LONGEST)] = "",
) -> Response:  # fmt: skip
    """Thanks, what works now, and what else one may say; a check-in may be taken back for two minutes."""
    one = tokens.read_receipt(keys, receipt, found.id, now)
    if one is None:
        return RedirectResponse(f"/c/{found.id}{'?lang=en' if lang == 'en' else ''}", status_code=303)
    if one.what is Done.UNDONE:
        again = tokens.after(one) if tokens.lasts(one.form, now) else fresh(found.id, "static", now)
        return page(request, found, keys, again, notice=UNDONE)
    return shown(
        request, "phone/done.html", found=found, one=one, receipt=receipt,
        counted=store.counted_today(session, found.id, now), may_undo=tokens.may_undo(one, now),
        token=tokens.issued(keys, one.form),
    )  # fmt: skip


@router.get("/c/{station}/{code}")
def by_the_screen(
    request: Request, session: SessionDep, now: NowDep, own: OwnDep, found: EntranceDep, keys: KeysDep,
    came: SourceDep, code: Annotated[str, Path(pattern=r"^[0-9A-Za-z]{12}$")],
) -> HTMLResponse:  # fmt: skip
    """By the kiosk's rotating code, exchanged at once for a form good for ten minutes. One that does not count any more
    gets what the printed code gets."""
    if came.recent.is_full(("wrong code", came.address), came.now, bounds.WRONG_CODES):
        raise HubError(429, bounds.TOO_MANY)
    steps = door_codes.steps_old(keys, found.id, found.sealed_qr_key, code, now, found.lenient)
    if steps is None:
        came.recent.note(("wrong code", came.address), came.now)
        return page(request, found, keys, fresh(found.id, "static", now), notice=EXPIRED)
    arrived = arrival(session, keys, own, found.id, code, now)
    return page(request, found, keys, fresh(found.id, "phone", now), arrival=arrived)


@router.post("/c/{station}/check-in")
def check_in(
    request: Request, session: SessionDep, now: NowDep, found: EntranceDep, keys: KeysDep, came: SourceDep,
    lang: Everybody, token: Token,
    occupation: Annotated[str, Form(max_length=64)] = "",
    phone: Annotated[str, Form(pattern=r"^([0-9a-f]{32})?$")] = "",
) -> Response:  # fmt: skip
    """Somebody came in: their occupation, and where the phone keeps one, a random number that tells it from others."""
    given = form(found, keys, token, came, now)
    if given is None or occupation not in {one.id for one in OCCUPATIONS}:
        return refused(request, found, keys, now, Sent("check-in", WHO), given)
    place = ("check-in", found.id, came.address)
    earlier = came.recent.ages(place, came.now, bounds.ALL_WITHIN_S)
    burst = bounds.is_burst(occupation, earlier)
    if given.method == "static":
        burst = burst or bounds.is_burst(occupation, store.lately_by_the_wall(session, found.id, now))
    became = store.check_in(session, keys, given, occupation, phone, burst, now)
    if became.new:
        came.recent.note(place, came.now, occupation)
    # A form sent again says when it was stored first: that is what the two minutes to take it back count from.
    return done(keys, Receipt(given, became.what, became.at or now, became.record, became.burst), lang)


@router.post("/c/{station}/undo")
def undo(
    request: Request, session: SessionDep, now: NowDep, found: EntranceDep, keys: KeysDep, lang: Everybody, token: Token
) -> Response:
    """Take a check-in back; `token` is its receipt. Raises HubError 403 for none of this station's."""
    one = tokens.read_receipt(keys, token, found.id, now)
    if one is None or not tokens.may_undo(one, now):
        again = fresh(found.id, "static", now)
        status = 403 if one is None else 409
        return page(request, found, keys, again, status=status, notice=None if one is None else TOO_LATE)
    store.undo(session, found.id, one.record, now)
    return done(keys, Receipt(one.form, Done.UNDONE, now, one.record), lang)


router.include_router(word_routes.router)
