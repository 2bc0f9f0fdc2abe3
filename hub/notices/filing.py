"""What a person typed into the form of a road, made of it or refused with the reason. Pure."""

from dataclasses import dataclass

from hub.duty.filing import Mistake, minute_of
from shared.text import Text

LEAST: dict[str, Text] = {
    "normal": Text("全部", "Everything"),
    "high": Text("紧急和安全", "Urgent and safety"),
    "safety": Text("只有安全", "Safety only"),
}
"""The mildest severity told, from all to almost nothing. Safety always is."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a road is to be used."""

    language: str
    least: str
    quiet_start: int | None
    quiet_end: int | None
    digest: bool
    always: bool


@dataclass(frozen=True, slots=True)
class Typing:
    """The same as it was typed."""

    language: str
    least: str
    quiet: bool
    quiet_start: str
    quiet_end: str
    digest: bool
    always: bool


def wishes_of(typed: Typing) -> Wishes:
    """Raises Mistake, naming the field."""
    if typed.language not in ("zh", "en"):
        raise Mistake("language", Text("请选择语言。", "Choose a language."))
    if typed.least not in LEAST:
        raise Mistake("least", Text("请选择通知哪些报警。", "Choose which alerts are told."))
    start = minute_of("quiet_start", typed.quiet_start) if typed.quiet else None
    end = minute_of("quiet_end", typed.quiet_end) if typed.quiet else None
    return Wishes(typed.language, typed.least, start, end, typed.digest, typed.always)
