"""What a phone carries from one page to the next: signed by the hub, kept by nobody. Pure.

A *form token* is what a code is exchanged for when the page first loads: whoever reads slowly or sits behind a slow
network must not lose a valid scan (kiosk.md §8). A *receipt* says what was just done, and may undo it.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Literal

from hub.keys import HubKeys
from shared.ids import record_id

FORM_LIFE = timedelta(minutes=10)
UNDO_LIFE = timedelta(minutes=2)
LONGEST = 200
"""Characters of either."""
ID_BYTES = 12
Method = Literal["phone", "static"]
"""phone: by the rotating code; static: by the one on the wall, or by one that has expired."""
_FORM, _RECEIPT, _BETWEEN = "phone form", "phone receipt", "|"


class Done(StrEnum):
    """What a receipt is of."""

    CHECKED_IN = "checked_in"
    ALREADY = "already"
    """Checked in not long ago, so nothing was stored."""
    UNDONE = "undone"
    FEEDBACK = "feedback"
    FAULT = "fault"
    DANGER = "danger"
    KNOWN = "known"
    """This phone reported it not long ago, so nothing was stored."""


@dataclass(frozen=True, slots=True)
class FormToken:
    """The right to fill in a station's forms for a while."""

    station: str
    method: Method
    issued_at: datetime
    id: str
    """Random; what is stored with it takes its id from it, so the same form sent twice is stored once."""

    def record(self, what: str) -> str:
        """The id of what this form stores."""
        return record_id(self.issued_at, sha256(f"{self.id}|{what}".encode()).digest()[:10])


@dataclass(frozen=True, slots=True)
class Receipt:
    """Something that was done."""

    form: FormToken
    """With which."""
    what: Done
    at: datetime
    record: str = ""
    """Empty: nothing was stored, or nothing that could be taken back."""
    burst: bool = False


def issued(keys: HubKeys, token: FormToken) -> str:
    """As a hidden field carries it."""
    return keys.signed(_FORM, _joined(token.station, token.method, _seconds(token.issued_at), token.id))


def read(keys: HubKeys, text: str, station: str, now: datetime, late: bool = False) -> FormToken | None:
    """None: it is not this station's, not the hub's, or too old; `late`: an old one is taken, and proves nothing."""
    parts = _parts(keys, _FORM, text, 4)
    if parts is None or parts[0] != station:
        return None
    found = _form(parts)
    if lasts(found, now):
        return found
    return replace(found, method="static") if late else None


def receipt(keys: HubKeys, one: Receipt) -> str:
    """As an address carries it."""
    form, burst = one.form, "burst" if one.burst else ""
    told = (form.station, form.method, _seconds(form.issued_at), form.id)
    return keys.signed(_RECEIPT, _joined(*told, one.what, _seconds(one.at), one.record, burst))


def read_receipt(keys: HubKeys, text: str, station: str, now: datetime) -> Receipt | None:
    """None: it is not this station's, not the hub's, or so old that it says nothing of now."""
    parts = _parts(keys, _RECEIPT, text, 8)
    if parts is None or parts[0] != station or now - _instant(parts[5]) > FORM_LIFE:
        return None
    return Receipt(_form(parts[:4]), Done(parts[4]), _instant(parts[5]), parts[6], bool(parts[7]))


def after(one: Receipt) -> FormToken:
    """The form for whoever took their check-in back: it ends when the one before it ends."""
    return replace(one.form, id=one.record)


def lasts(one: FormToken, now: datetime) -> bool:
    """Whether it is still taken."""
    return timedelta(0) <= now - one.issued_at < FORM_LIFE


def may_undo(one: Receipt, now: datetime) -> bool:
    """Whether it is a check-in that can still be taken back."""
    return one.what is Done.CHECKED_IN and now - one.at <= UNDO_LIFE


def _form(parts: list[str]) -> FormToken:
    station, method, issued_at, id_ = parts
    return FormToken(station, "phone" if method == "phone" else "static", _instant(issued_at), id_)


def _joined(*parts: str) -> str:
    return _BETWEEN.join(parts)


def _parts(keys: HubKeys, purpose: str, text: str, count: int) -> list[str] | None:
    said = keys.unsigned(purpose, text)
    parts = [] if said is None else said.split(_BETWEEN)
    return parts if len(parts) == count else None


def _seconds(at: datetime) -> str:
    return str(int(at.timestamp()))


def _instant(seconds: str) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
