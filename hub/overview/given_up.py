"""What a station's outbox had to give up, all of it together, in words. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hub.formats import moment
from shared.text import Language, Text

UNREADABLE = "unreadable"
"""Records that were in a damaged outbox; 0 of them where nobody knows how many."""
NAMES = {
    "quarter": Text("刻钟数据", "quarter-hours"),
    "minute": Text("分钟状态", "minutes"),
    "trace": Text("故障前后的曲线", "traces of faults"),
    "proof": Text("较早的功能证明", "older proofs"),
    UNREADABLE: Text("存储损坏而读不出的记录", "records of a damaged disk"),
}


class Gap(Protocol):
    """A record of what was given up, as the hub keeps it."""

    counts: dict[str, int]
    oldest: datetime | None
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class GivenUp:
    """What a station can never tell any more."""

    counts: Mapping[str, int | None]
    """Records by type. None: nobody knows how many."""
    oldest: datetime | None
    """None: nobody knows since when."""
    newest: datetime | None
    """None: of a time nobody knows."""

    @property
    def text(self) -> Text:
        """One line."""
        return Text(self._said("zh"), self._said("en"))

    def _said(self, language: Language) -> str:
        what = [_counted(name, count, language) for name, count in self.counts.items()]
        when = self._when(language)
        if language == "zh":
            return f"站点存不下或读不出，没有送达的记录：{'、'.join(what)}（{when}）。"
        return f"Records the station could not keep, which never reached the hub: {', '.join(what)} ({when})."

    def _when(self, language: Language) -> str:
        if self.newest is None:
            return "时间不详" if language == "zh" else "time unknown"
        until = moment(self.newest, language=language)
        if self.oldest is None:
            return f"{until} 及以前" if language == "zh" else f"{until} and before"
        since = moment(self.oldest, language=language)
        if since == until:
            return since
        return f"{since} 至 {until}" if language == "zh" else f"{since} to {until}"


def given_up(gaps: Iterable[Gap]) -> GivenUp | None:
    """All gaps of a station together; None where it never gave anything up."""
    counts, unknown = Counter[str](), set[str]()
    since, until = list[datetime | None](), list[datetime]()
    for gap in gaps:
        counts.update(gap.counts)
        unknown |= {name for name, count in gap.counts.items() if name == UNREADABLE and not count}
        since.append(gap.oldest)
        until += [] if gap.newest is None else [gap.newest]
    ordered = [name for name in (*NAMES, *sorted(counts.keys() - NAMES.keys())) if counts[name] or name in unknown]
    if not ordered:
        return None
    told = {name: None if name in unknown else counts[name] for name in ordered}
    begun = [at for at in since if at is not None]
    return GivenUp(told, min(begun) if len(begun) == len(since) else None, max(until, default=None))


def _counted(name: str, count: int | None, language: Language) -> str:
    label = NAMES.get(name, Text(name, name)).say(language)
    if language == "zh":
        return f"{label} {'条数不详' if count is None else f'{count} 条'}"
    return f"{label}: {'number unknown' if count is None else count}"
