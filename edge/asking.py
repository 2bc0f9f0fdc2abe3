"""What doubts ask people, as facts: ids, revisions, and what is still open (design.md §1, question). Pure."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from edge.health.verdict import Asked, Settled
from shared.records import Question


class Questions:
    """The open questions of one station. `new_id` makes an id for a question put at that time."""

    def __init__(self, new_id: Callable[[float], str]) -> None:
        self._new_id = new_id
        self._open: dict[str, Question] = {}
        """By facility and rule."""

    @property
    def open(self) -> list[Question]:
        """What is asked now, the oldest first."""
        return sorted(self._open.values(), key=lambda question: question.asked_at)

    def put(self, asked: Asked) -> list[Question]:
        """A rule asks; one question of a rule at a time."""
        key = f"{asked.facility}/{asked.rule}"
        if key in self._open:
            return []
        self._open[key] = Question(
            question=self._new_id(asked.at),
            revision=1,
            facility=asked.facility,
            rule=asked.rule,
            text=asked.ask.text,
            choices=asked.ask.choices,
            asked_at=datetime.fromtimestamp(asked.at, UTC),
            due=datetime.fromtimestamp(asked.due, UTC),
        )
        return [self._open[key]]

    def close(self, settled: Settled) -> list[Question]:
        """It needs no answer any more."""
        return self._closed(f"{settled.facility}/{settled.rule}", settled.at)

    def end(self, now: float) -> list[Question]:
        """Nobody will go on from here."""
        return [closed for key in list(self._open) for closed in self._closed(key, now)]

    def written(self) -> dict[str, Any]:
        """What must survive a restart."""
        return {key: question.model_dump(mode="json") for key, question in self._open.items()}

    def remember(self, kept: dict[str, Any]) -> None:
        """Go on from there: the same ids."""
        self._open = {key: Question.model_validate(question) for key, question in kept.items()}

    def _closed(self, key: str, now: float) -> list[Question]:
        question = self._open.pop(key, None)
        if question is None:
            return []
        closed_at = max(question.asked_at, datetime.fromtimestamp(now, UTC))
        return [question.model_copy(update={"revision": question.revision + 1, "closed_at": closed_at})]
