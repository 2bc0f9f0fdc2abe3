"""What a station's entry still lacks, in words: shown, never hidden, and some of it stops it from opening. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from hub.register.fields import ABOUT_THREE_M2
from hub.register.rules import RULE_LABELS, Which, is_old
from shared.facility import kinds
from shared.text import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """What the flags look at."""

    has_head: bool
    placed: bool
    """Whether somebody said where it is on the map."""
    needs_code: bool
    """The region has a code rule, its kind needs one, and it has none."""
    area_m2: float | None
    kinds: Collection[str]
    """Of the facilities that stand."""
    posted: Mapping[Which, date]
    """The newest posting of each."""
    expired: Collection[Text]
    """Extras that have gone off."""
    missing: Collection[Text]
    """Extras that were there."""
    waiver: str


def six() -> list[str]:
    """The six kinds of 6+X (SH-17)."""
    return [name for name, kind in kinds().items() if kind.scored]


def lacking(there: Collection[str]) -> list[Text]:
    """Which of the six do not stand there."""
    return [kinds()[name].label for name in six() if name not in there]


def flags(entry: Entry, today: date) -> list[Text]:
    """What a person has to see to, the weightiest first."""
    found = []
    if not entry.has_head:
        found.append(Text("没有站长：应有且仅有一名。", "No head: there must be exactly one."))
    if entry.needs_code:
        found.append(Text("尚未编码。", "It has no official code yet."))
    if wanted := lacking(entry.kinds):
        zh, en = "、".join(one.zh for one in wanted), ", ".join(one.en for one in wanted)
        why = Text(f"（已批准：{entry.waiver}）", f" (waived: {entry.waiver})") if entry.waiver else Text("", "")
        found.append(Text(f"六项基本设施缺少：{zh}{why.zh}", f"Of the six facilities it lacks: {en}{why.en}"))
    for which in Which:
        name, posted = RULE_LABELS[which], entry.posted.get(which)
        if posted is None:
            found.append(Text(f"没有{name.zh}上墙的记录。", f"{name.en}: no record that it is posted."))
        elif is_old(posted, today):
            found.append(
                Text(f"{name.zh}上墙已超过一年（{posted}）。", f"{name.en}: posted over a year ago ({posted}).")
            )
    found += [Text(f"{one.zh}已过期。", f"{one.en}: past its date.") for one in entry.expired]
    found += [Text(f"{one.zh}缺失。", f"{one.en}: missing.") for one in entry.missing]
    if entry.area_m2 is not None and entry.area_m2 < ABOUT_THREE_M2:
        found.append(Text("面积小于 3 平方米左右的要求。", "Smaller than the 3 m² or so it should have."))
    if not entry.placed:
        found.append(Text("没有经纬度，地图上看不到。", "No coordinates: it is not on the map."))
    return found
