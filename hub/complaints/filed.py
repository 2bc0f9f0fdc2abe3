"""What somebody typed into the form, read: a complaint, or what is wrong at which field. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hub.complaints.words import LONGEST, LONGEST_CONTACT, SHORTEST, Category, Kind
from hub.formats import plain
from shared.text import Text

CHOOSE = Text("请选一项", "Please choose one")
TOO_SHORT = Text(f"请写至少 {SHORTEST} 个字", f"Please write {SHORTEST} characters at least")
TOO_LONG = Text(f"最多 {LONGEST} 字", f"{LONGEST} characters at most")
NO_CONTACT = Text("请填手机号或邮箱，也可以不填", "A phone number or a mail address, or nothing")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{5,24}")
_MAIL = re.compile(r"[^@\s]{1,40}@[^@\s]{1,40}\.[^@\s.]{1,20}")


@dataclass(frozen=True, slots=True)
class Filed:
    """What somebody says."""

    kind: Kind
    category: Category
    text: str
    contact: str = ""
    """Empty: they stay anonymous."""


def read(kind: str, category: str, text: str, contact: str) -> Filed | Mapping[str, Text]:
    """The complaint, or by field what is wrong."""
    said, reached = plain(text, lines=True), plain(contact)
    wrong: dict[str, Text] = {}
    if kind not in set(Kind):
        wrong["kind"] = CHOOSE
    if category not in set(Category):
        wrong["category"] = CHOOSE
    if not SHORTEST <= len(said) <= LONGEST:
        wrong["text"] = TOO_SHORT if len(said) < SHORTEST else TOO_LONG
    if reached and (len(reached) > LONGEST_CONTACT or not (_PHONE.fullmatch(reached) or _MAIL.fullmatch(reached))):
        wrong["contact"] = NO_CONTACT
    return wrong or Filed(Kind(kind), Category(category), said, reached)


def masked(contact: str) -> str:
    """As those see it who need not reach the person: 138****5678, w****@example.org."""
    name, at, host = contact.partition("@")
    if at:
        return f"{name[:1]}****@{host}"
    return f"{contact[:3]}****{contact[-4:]}" if len(contact) >= 11 else "****" if contact else ""
