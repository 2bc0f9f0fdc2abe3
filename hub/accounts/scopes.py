"""What a token of a user may be good for: never more than its user. Pure."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum

from hub.accounts.actions import Action, may
from shared.text import Text


class Scope(StrEnum):
    """What a program may do with a token. Users, tokens, unions, the trail, duty, notices are in none, nor answering
    people who complained, nor what cannot be taken back: codes, secrets, revoking.
    """

    READ = "read"
    ALERTS = "alerts"
    INSPECTIONS = "inspections"
    STATIONS = "stations"


SCOPE_LABELS: dict[Scope, Text] = {
    Scope.READ: Text("读取站点、报警、检查、投诉和汇总", "Read stations, alerts, inspections, complaints, summaries"),
    Scope.ALERTS: Text("处理报警、回答问题", "Work on alerts, answer questions"),
    Scope.INSPECTIONS: Text("检查、复核与整改", "Inspect, review, work on findings"),
    Scope.STATIONS: Text("维护站点档案与设备", "Keep the register and its units"),
}
GRANTED: dict[Scope, frozenset[Action]] = {
    Scope.READ: frozenset(
        {
            Action.SEE, Action.SEE_INSPECTIONS, Action.SEE_ALERT_NUMBERS, Action.SEE_SUMMARIES, Action.SEE_PROPOSALS,
            Action.SEE_COMPLAINTS,
        }
    ),
    Scope.ALERTS: frozenset({Action.SEE, Action.WORK_ON_ALERTS, Action.ANSWER_QUESTIONS, Action.FILE_MAINTENANCE}),
    Scope.INSPECTIONS: frozenset(
        {
            Action.SEE, Action.SEE_INSPECTIONS, Action.INSPECT, Action.ASSIGN_INSPECTIONS, Action.REVIEW_INSPECTIONS,
            Action.CORRECT_INSPECTIONS, Action.RAISE_FINDINGS, Action.WORK_ON_FINDINGS, Action.VERIFY_FINDINGS,
        }
    ),
    Scope.STATIONS: frozenset({Action.SEE, Action.EDIT_STATION, Action.KEEP_STATION, Action.REPLACE_UNIT}),
}  # fmt: skip
"""Whoever acts on a station must see it: each scope has what it needs for that."""
USUAL_LIFE = timedelta(days=90)
LONGEST_LIFE = timedelta(days=365)


def grants(scopes: Collection[Scope], action: Action) -> bool:
    """Whether a token of these scopes is good for the action, its user's role aside."""
    return any(action in GRANTED[scope] for scope in scopes)


def offered(role: str) -> list[Scope]:
    """The scopes that give somebody of this role anything beyond looking; to read is offered to all."""
    return [
        scope
        for scope in Scope
        if scope is Scope.READ or any(may(role, action) for action in GRANTED[scope] - GRANTED[Scope.READ])
    ]


def read_scopes(stored: str) -> frozenset[Scope]:
    """As a row has them; one this hub no longer knows gives nothing."""
    return frozenset(Scope(word) for word in stored.split() if word in set(Scope))
