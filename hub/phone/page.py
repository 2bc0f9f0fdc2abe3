"""The page on a phone at the door: what it shows, and what it is after a form was refused."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session

from hub.accounts.actions import Action, may
from hub.inspections import assignment_store as assignments
from hub.inspections import door_code
from hub.inspections.purposes import PURPOSES, Purpose
from hub.keys import HubKeys
from hub.pages import render
from hub.phone import tokens
from hub.phone.of_request import Own
from hub.phone.store import Entrance
from hub.phone.tokens import FormToken, Method, Receipt
from hub.stations import store as stations
from shared.settings_message import HOTLINE, OCCUPATIONS, REASONS
from shared.text import Language, Text

FACES: dict[int, Text] = {
    4: Text("非常满意", "Very satisfied"),
    3: Text("满意", "Satisfied"),
    2: Text("不太满意", "Not quite satisfied"),
    1: Text("不满意", "Dissatisfied"),
}
"""By score, in the order they are shown; there is no middle (kiosk.md S4)."""
EXPIRED = Text(
    "二维码已过期，请再扫一次驿站屏幕。不扫也能用，但会记为“没有扫屏幕”。",
    "This code has expired: scan the station's screen again. You may go on without, and it is marked as not scanned.",
)
FORM_EXPIRED = Text(
    "页面放得太久，没有提交。请再扫一次驿站屏幕，或直接再提交一次，会记为“没有扫屏幕”。",
    "The page was open too long and nothing was sent. Scan the station's screen again, or send it once more: it is "
    "marked as not scanned.",
)
UNDONE = Text("已撤销，这次签到不计入。", "Taken back: this check-in does not count.")
TOO_LATE = Text("超过 2 分钟，不能撤销了。", "More than two minutes have passed: it can no longer be taken back.")


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent and refused: the page shows it again."""

    at: str = ""
    """check-in, feedback, fault; empty: nothing was."""
    refused: Text | None = None
    typed: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Arriving:
    """An inspection that whoever is signed in may begin or go on with here."""

    purpose: Text
    due: date
    number: int | None
    """None: not begun."""
    assignment: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """An inspector's scan, as proof that they are here."""

    name: str
    csrf: str
    seen: str
    """Signed, for them alone."""
    inspections: Sequence[Arriving]


def fresh(station: str, method: Method, now: datetime) -> FormToken:
    """A form token of its own."""
    return FormToken(station, method, now, secrets.token_hex(tokens.ID_BYTES))


def page(
    request: Request, found: Entrance, keys: HubKeys, token: FormToken, *, status: int = 200,
    notice: Text | None = None, sent: Sent | None = None, arrival: Arrival | None = None,
) -> HTMLResponse:  # fmt: skip
    """The page with its forms."""
    answer = shown(
        request, "phone/page.html", status, found=found, token=tokens.issued(keys, token), method=token.method,
        notice=notice, sent=sent or Sent(), arrival=arrival, OCCUPATIONS=OCCUPATIONS, REASONS=REASONS, FACES=FACES,
    )  # fmt: skip
    if arrival is not None:
        # A browser that sends no referrer names no origin with a form either; an inspector's form must name it.
        answer.headers["Referrer-Policy"] = "same-origin"
    return answer


def shown(request: Request, template: str, status: int = 200, **context: object) -> HTMLResponse:
    """A page whose address has a code or a token in it: nobody keeps it, or is told where its reader came from."""
    days = request.app.state.settings.keep_check_ins_days
    words_days = request.app.state.settings.keep_words_days
    answer = render(request, template, status, HOTLINE=HOTLINE, kept_days=days, words_days=words_days, **context)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def refused(
    request: Request, found: Entrance, keys: HubKeys, now: datetime, sent: Sent, token: FormToken | None = None
) -> HTMLResponse:  # fmt: skip
    """The page again with what was typed: 422 with the reason; 403 where the form itself no longer counts."""
    if token is None:
        again = fresh(found.id, "static", now)
        return page(request, found, keys, again, status=403, notice=FORM_EXPIRED, sent=sent)
    return page(request, found, keys, token, status=422, sent=sent)


def done(keys: HubKeys, one: Receipt, lang: Language) -> RedirectResponse:
    """On to the page that says what was done: loading that again does nothing again."""
    query = f"receipt={tokens.receipt(keys, one).replace('|', '%7C')}"
    return RedirectResponse(f"/c/{one.form.station}/done?{query}{'&lang=en' if lang == 'en' else ''}", status_code=303)


def arrival(session: Session, keys: HubKeys, own: Own, station: str, code: str, now: datetime) -> Arrival | None:
    """What a scan is good for beside a check-in. None: nobody is signed in who inspects here, or the code is stale."""
    user = own.user
    if user is None or user.must_change or not may(user.role, Action.INSPECT):
        return None
    here = stations.visible(session, user, station)
    seen = None if here is None else door_code.seen_now(keys, here, code, now)
    if seen is None:
        return None
    due = [
        Arriving(
            PURPOSES[Purpose(one.assignment.purpose)], one.assignment.due,
            None if one.inspection is None else one.inspection.id, one.assignment.id or 0,
        )
        for one in assignments.to_do(session, user, station)
        if one.inspection is None or one.inspection.presence != "proven"
    ]  # fmt: skip
    return Arrival(user.name, own.csrf, door_code.carried(keys, station, user, seen), due) if due else None
