"""The answers of the API about questions."""

from datetime import datetime

from pydantic import BaseModel

from hub.questions.asked import Answered, Asked
from shared.text import Text


class ChoiceSaid(BaseModel):
    """Something a person may answer."""

    id: str
    label: Text


class AnswerSaid(BaseModel):
    """What somebody answered: evidence of grade E1 at best."""

    answer: str
    label: Text
    by: str
    """In which role."""
    who: str | None
    """The user's name. None: said at the station, which knows no names."""
    at: datetime
    undated: bool
    """`at` is when it arrived: the station did not know the time."""


class QuestionSaid(BaseModel):
    """What a rule asks a person."""

    id: str
    station: str
    facility: str
    rule: str
    text: Text
    choices: list[ChoiceSaid]
    asked_at: datetime
    due: datetime
    closed_at: datetime | None
    """None: the rule still asks."""
    answers: list[AnswerSaid]
    """Newest first; the first counts. Unanswered means unknown."""


class QuestionList(BaseModel):
    """Questions that wait for an answer by their due time, then the newest others."""

    questions: list[QuestionSaid]


def question_said(asked: Asked) -> QuestionSaid:
    """For the API."""
    return QuestionSaid(
        id=asked.id,
        station=asked.station,
        facility=asked.facility,
        rule=asked.rule,
        text=asked.text,
        choices=[ChoiceSaid(id=option.id, label=option.label) for option in asked.choices],
        asked_at=asked.asked_at,
        due=asked.due,
        closed_at=asked.closed_at,
        answers=[_answer_said(asked, one) for one in asked.answers],
    )


def _answer_said(asked: Asked, one: Answered) -> AnswerSaid:
    return AnswerSaid(
        answer=one.answer,
        label=asked.label(one.answer),
        by=one.by,
        who=one.who,
        at=one.at,
        undated=one.undated,
    )
