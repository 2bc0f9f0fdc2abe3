"""What people are told, in their language: short, and nothing of any worker. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hub import formats
from hub.alerts.events import LABELS, What
from hub.health.words import SEVERITIES
from hub.notices.kinds import REMINDING_SEVERITY, REMINDINGS, Reminding
from hub.notices.robots import Words
from shared.states import CAUSE_LABELS, Cause
from shared.text import Language, Text

LISTED = 8
"""Lines of a message about many."""
LONGEST_LINE = 120
WHOLE = Text("整个站点", "The whole station")
HUB = Text("中心", "The hub")


@dataclass(frozen=True, slots=True)
class Said:
    """One notice's subject."""

    alert: int
    what: What
    severity: str
    station: Text
    address: str
    facility: Text
    cause: str
    why: Text
    since: datetime
    at: datetime
    """When it happened, not when it is told."""
    words: Text
    """Of the event itself: the reading that shows it works, whom it goes up to."""
    bring: Text | None = None
    """None: nothing is known to be needed."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """What somebody is reminded of."""

    what: Reminding
    path: str
    """Its page."""
    number: str
    """What it is known by."""
    place: Text
    words: Text
    """In lines."""
    at: datetime


def message(said: Sequence[Said | Reminded], key: str, language: Language, public_url: str) -> Words:
    """One notice in full, or several in a line each."""
    words = _alone(said[0], key, language, public_url) if len(said) == 1 else _many(said, key, language, public_url)
    return Words(words.title, words.body, key, dict(map(_for_programs, said)))


def _for_programs(one: Said | Reminded) -> tuple[str, dict[str, str]]:
    """By the alert's number, or the complaint's."""
    if isinstance(one, Reminded):
        return one.number, {"what": str(one.what), "severity": REMINDING_SEVERITY[one.what]}
    return str(one.alert), {"what": str(one.what), "severity": one.severity}


def trial(name: str, key: str, language: Language) -> Words:
    """What "send a test" sends."""
    if language == "en":
        return Words("[Waystation] Test", f"Notices for {name} arrive here. Nothing is broken.", key)
    return Words("【驿站】测试", f"{name} 的通知会发到这里。这是测试，没有故障。", key)


def _alone(one: Said | Reminded, key: str, language: Language, public_url: str) -> Words:
    if not isinstance(one, Reminded):
        return _one(one, key, language, public_url)
    head, place = REMINDINGS[one.what].say(language), one.place.say(language)
    title = f"【{head}】{place}" if language == "zh" else f"[{head}] {place}"
    lines = [_short(line) for line in one.words.say(language).splitlines()]
    return Words(title, "\n".join([*lines, *_link(one.path, public_url)]), key)


def _one(one: Said, key: str, language: Language, public_url: str) -> Words:
    zh = language == "zh"
    over = one.what in (What.WORKS_AGAIN, What.RESOLVED)
    severity = SEVERITIES[one.severity].say(language)
    headline = LABELS[one.what].say(language)
    head = headline if over else f"{severity}·{headline}" if zh else f"{severity}: {headline}"
    place = f"{one.station.say(language)} · {one.facility.say(language)}"
    title = f"【{head}】{place}" if zh else f"[{head}] {place}"
    since = formats.moment(one.since, language=language)
    cause = CAUSE_LABELS[Cause(one.cause)].say(language)
    lines = [_short(one.words.say(language))] if over or one.what is What.ESCALATED else []
    if not over:
        lines.append(f"{cause}：{_short(one.why.say(language))}" if zh else f"{cause}: {_short(one.why.say(language))}")
    lines.append(f"{since} 起" if zh else f"Since {since}")
    if one.address:
        lines.append(f"地址：{one.address}" if zh else f"Address: {one.address}")
    if one.bring is not None and not over:
        lines.append(_short(f"带上：{one.bring.zh}" if zh else f"Bring: {one.bring.en}"))
    return Words(title, "\n".join([*lines, *_link(f"/alerts/{one.alert}", public_url)]), key)


def _many(said: Sequence[Said | Reminded], key: str, language: Language, public_url: str) -> Words:
    zh = language == "zh"
    title = f"【驿站】{len(said)} 条通知" if zh else f"[Waystation] {len(said)} notices"
    lines = []
    for one in said[:LISTED]:
        words = _reminder(one, language) if isinstance(one, Reminded) else _line(one, language)
        lines.append(_short(f"{formats.clock(one.at)} {words}"))
    if (more := len(said) - LISTED) > 0:
        lines.append(f"还有 {more} 条" if zh else f"and {more} more")
    only = {one.path.rpartition("/")[0] if isinstance(one, Reminded) else "/alerts" for one in said}
    page = only.pop() if len(only) == 1 else "/alerts"
    return Words(title, "\n".join([*lines, *_link(page, public_url)]), key)


def _reminder(one: Reminded, language: Language) -> str:
    between = "：" if language == "zh" else ": "
    return f"{REMINDINGS[one.what].say(language)}{between}{one.place.say(language)} {one.number}"


def _line(one: Said, language: Language) -> str:
    place = f"{one.station.say(language)} · {one.facility.say(language)}"
    between = "：" if language == "zh" else ": "
    return f"{LABELS[one.what].say(language)}{between}{place} {one.why.say(language)}"


def _link(path: str, public_url: str) -> list[str]:
    """Where the hub has no address of its own, no link is better than one that leads nowhere."""
    return [f"{public_url.rstrip('/')}{path}"] if public_url else []


def _short(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"
