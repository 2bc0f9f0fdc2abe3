"""What was read on the glass, held against what was kept: the soak's account.

Whoever was thanked is kept: each number, face and problem that thanks named belongs to a record. Who is kept was
thanked, but for what cannot be told: a kiosk that is killed, or has no glass to paint on, between the disk and the
paint; and the reason screen that was left, which is an answer by intention and thanks nobody. Faces and problems are
held against each other as sets: the same one said twice, or thanks painted twice, look alike from outside.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kiosk import answers, words
from shared.facility import NETWORK, kinds
from shared.opening import SHANGHAI
from shared.records import CheckIn, FaultReport, Feedback, Record, Retraction
from shared.text import Text

_NUMBER = re.compile("今天您是第 ([0-9]+) 位|You are number ([0-9]+) today")
_FACE = re.compile("(?:您的评价已记下：|Your answer is kept: )([^\x1b\r\n]+)(?=[\x1b\r\n])")
_PROBLEM = re.compile("(?:已记下：|Kept: )[^\x1b\r\n，,]+(?:，|, )([^\x1b\r\n]+)(?=[\x1b\r\n])")


class NotConsistent(AssertionError):
    """What the soak ended with; the message says what is wrong."""


@dataclass(slots=True)
class Told:
    """What thanks said."""

    numbers: set[int] = field(default_factory=set)
    """Which of today's visitors were told so."""
    faces: set[str] = field(default_factory=set)
    problems: set[str] = field(default_factory=set)

    def read(self, output: bytes) -> None:
        """What the glass was sent."""
        text = output.decode(errors="replace")
        self.numbers |= {int(zh or en) for zh, en in _NUMBER.findall(text)}
        self.faces |= {found.strip() for found in _FACE.findall(text)}
        self.problems |= {found.strip() for found in _PROBLEM.findall(text)}

    def judge(self, records: Sequence[Record], unread: int) -> None:
        """Raise NotConsistent. `unread`: how often thanks may have come that nobody could read."""
        _whole(records)
        numbers = _numbers(records)
        if not self.numbers <= numbers:
            raise NotConsistent(f"told to be visitors {sorted(self.numbers - numbers)}, and not counted")
        untold = len(numbers - self.numbers)
        facts = [record.fact for record in records]
        faces = {fact.score for fact in facts if isinstance(fact, Feedback)}
        _belongs(self.faces, [words.SCORES[score] for score in faces])
        untold += sum(not _among(self.faces, [words.SCORES[score]]) for score in faces if score > answers.UNHAPPY)
        problems = {fact.problem for fact in facts if isinstance(fact, FaultReport)}
        _belongs(self.problems, [label for problem in problems for label in _labels(problem)])
        untold += sum(not _among(self.problems, _labels(problem)) for problem in problems)
        if untold > unread:
            raise NotConsistent(f"{untold} things were kept and nobody was told so; {unread} may be")


def _whole(records: Sequence[Record]) -> None:
    ids = [record.id for record in records]
    if len(ids) != len(set(ids)):
        raise NotConsistent("a record is there twice")
    said = {record.id for record in records if isinstance(record.fact, CheckIn | Feedback | FaultReport)}
    undone = [record.fact.of for record in records if isinstance(record.fact, Retraction)]
    if not set(undone) <= said or len(undone) != len(set(undone)):
        raise NotConsistent("an undo of nothing, or of what was undone")
    others = [record for record in records if record.id not in said and not isinstance(record.fact, Retraction)]
    if others:
        raise NotConsistent(f"a kiosk said what nobody can say: {others[0].fact.type}")


def _numbers(records: Sequence[Record]) -> set[int]:
    """Which of a day's visitors each check-in was when it was kept: who was undone before no longer counts."""
    numbers: set[int] = set()
    standing: dict[str, set[str]] = {}
    for record in records:
        day = "" if record.at is None else f"{record.at.astimezone(SHANGHAI):%F}"
        if isinstance(record.fact, CheckIn):
            standing.setdefault(day, set()).add(record.id)
            numbers.add(len(standing[day]))
        elif isinstance(record.fact, Retraction):
            for visitors in standing.values():
                visitors.discard(record.fact.of)
    return numbers


def _labels(problem: str) -> Sequence[Text]:
    known = [*answers.problems_of(NETWORK), *(one for kind in kinds().values() for one in kind.problems)]
    return [one.label for one in known if one.id == problem]


def _among(told: Iterable[str], labels: Sequence[Text]) -> bool:
    """Whether one of them was told. Thanks on a small glass may break off."""
    return any(text.startswith(one) for one in told for label in labels for text in (label.zh, label.en))


def _belongs(told: Iterable[str], labels: Sequence[Text]) -> None:
    for one in told:
        if not _among([one], labels):
            raise NotConsistent(f"thanked for {one!r}, and nothing of it is kept")
