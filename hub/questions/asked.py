"""A question with what people answered, and whether one more answer may be taken. Pure.

A "no" may support down and a "yes" is evidence of grade E1 that never raises points: both are the station's to judge.
Here an answer is only taken, once, and told on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from hub.accounts.roles import ROLE_LABELS
from shared.text import Text

ROLES: dict[str, Text] = {
    **{str(role): label for role, label in ROLE_LABELS.items()},
    "head": Text("站长", "Station head"),
    "attendant": Text("值守人员", "Attendant"),
    "kiosk": Text("站内触摸屏", "Kiosk"),
}
"""Who may have spoken, by the role a statement names."""


class Refusal(Enum):
    """Why an answer is not taken."""

    CLOSED = Text(
        "此问题已经关闭，不再需要回答。未做任何改动。",
        "This question is closed and needs no answer any more. Nothing was changed.",
    )
    NO_SUCH_CHOICE = Text(
        "此问题没有这个选项。未做任何改动。", "This question has no such choice. Nothing was changed."
    )


@dataclass(frozen=True, slots=True)
class Option:
    """Something to tap."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody said."""

    answer: str
    by: str
    """In which role."""
    who: str | None
    """The user's name. None: said at the station, which knows no names."""
    at: datetime
    record: str = ""
    undated: bool = False
    """`at` is when it arrived: the station did not know the time."""

    @property
    def role(self) -> Text:
        """The role in words; as it was said where nobody knows it."""
        return role_label(self.by)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question."""

    station: str
    id: str
    facility: str
    rule: str
    text: Text
    choices: tuple[Option, ...]
    asked_at: datetime
    due: datetime
    closed_at: datetime | None
    """None: the rule still asks."""
    answers: tuple[Answered, ...] = ()
    """Newest first; the first counts."""

    @property
    def open(self) -> bool:
        """Whether the doubt is still there, answered or not."""
        return self.closed_at is None

    @property
    def waiting(self) -> bool:
        """Whether somebody must answer."""
        return self.open and not self.answers

    def overdue(self, now: datetime) -> bool:
        """Nobody answered in time: what it asks is unknown."""
        return self.waiting and now > self.due

    def label(self, answer: str) -> Text:
        """What a choice is called; its id where the question has none of that id."""
        return next((option.label for option in self.choices if option.id == answer), Text(answer, answer))


def role_label(by: str) -> Text:
    """What a role is called; the word itself where nobody knows it."""
    return ROLES.get(by, Text(by, by))


def refusal(asked: Asked, answer: str, who: str) -> Refusal | None:
    """Why this answer of this user cannot be taken. None: it can, or it has been (`repeated`)."""
    if repeated(asked, answer, who):
        return None
    if answer not in {option.id for option in asked.choices}:
        return Refusal.NO_SUCH_CHOICE
    return None if asked.open else Refusal.CLOSED


def repeated(asked: Asked, answer: str, who: str) -> bool:
    """Whether the same user's last word was the same: a second tap says nothing more."""
    last = next((said for said in asked.answers if said.who == who), None)
    return last is not None and last.answer == answer and last is asked.answers[0]


def newest_first(said: Iterable[Answered]) -> tuple[Answered, ...]:
    """Answers by time; of two at once the later record."""
    return tuple(sorted(said, key=lambda one: (one.at, one.record), reverse=True))


def waiting_first(questions: Sequence[Asked]) -> list[Asked]:
    """Those that wait for an answer by their due time, then the others, newest first."""
    waiting = sorted((one for one in questions if one.waiting), key=lambda one: (one.due, one.id))
    rest = sorted((one for one in questions if not one.waiting), key=lambda one: (one.asked_at, one.id), reverse=True)
    return [*waiting, *rest]
