"""What people are told, in their language: short, and nothing of any worker. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hub import formats
from hub.alerts.events import LABELS, What
from hub.health.words import SEVERITIES
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


def message(said: Sequence[Said], key: str, language: Language, public_url: str) -> Words:
    """One notice in full, or several in a line each."""
    words = _one(said[0], key, language, public_url) if len(said) == 1 else _many(said, key, language, public_url)
    data = {str(one.alert): {"what": str(one.what), "severity": one.severity} for one in said}
    return Words(words.title, words.body, key, data)


def trial(name: str, key: str, language: Language) -> Words:
    """What "send a test" sends."""
    if language == "en":
        return Words("[Waystation] Test", f"Notices for {name} arrive here. Nothing is broken.", key)
    return Words("【驿站】测试", f"{name} 的通知会发到这里。这是测试，没有故障。", key)


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


def _many(said: Sequence[Said], key: str, language: Language, public_url: str) -> Words:
    zh = language == "zh"
    title = f"【驿站】{len(said)} 条通知" if zh else f"[Waystation] {len(said)} notices"
    lines = []
    for one in said[:LISTED]:
        head = LABELS[one.what].say(language)
        place = f"{one.station.say(language)} · {one.facility.say(language)}"
        lines.append(_short(f"{formats.clock(one.at)} {head}{'：' if zh else ': '}{place} {one.why.say(language)}"))
    if (more := len(said) - LISTED) > 0:
        lines.append(f"还有 {more} 条" if zh else f"and {more} more")
    return Words(title, "\n".join([*lines, *_link("/alerts", public_url)]), key)


def _link(path: str, public_url: str) -> list[str]:
    """Where the hub has no address of its own, no link is better than one that leads nowhere."""
    return [f"{public_url.rstrip('/')}{path}"] if public_url else []


def _short(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"
