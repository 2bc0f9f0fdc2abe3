"""What other concepts store of a facility, as the values of its evidence. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from hub.alerts.reported import problem_label
from hub.feedback.tables import BY_THE_WALL, FaultReportRow, StatementRow
from hub.health.store import FacilityWindow
from hub.health.tables import ProofRow, SpellRow
from hub.inspections.assembly import Recorded
from hub.inspections.contradicted import says_it_fails
from hub.inspections.evidence import OpenQuestion, OpenSpell, Proven, Reported, Said
from hub.questions.asked import Asked, role_label
from shared.states import Cause, Grade, State
from shared.text import Text

NOTHING = FacilityWindow([], [], [])
PLAIN = {"yes": Text("是", "Yes"), "no": Text("否", "No")}
UNASKED = {"provided": Text("设施是否提供？", "Is it provided?")}
"""What people may say though no rule asked."""


def recorded(
    stored: FacilityWindow,
    last_proven: Sequence[Proven],
    asked: Sequence[OpenQuestion],
    said: Sequence[Said],
    reports: Sequence[Reported] = (),
    replaced_at: datetime | None = None,
) -> Recorded:
    """Of one facility around the window. Proofs of a unit that stood there before `replaced_at` prove nothing now."""
    return Recorded(
        hours=stored.hours,
        spans=stored.spans,
        spells=[_spell(row) for row in stored.spells],
        proofs=[proven(row) for row in stored.proofs if replaced_at is None or row.proved_at >= replaced_at],
        last_proven=last_proven,
        questions=asked,
        statements=said,
        reports=[one for one in reports if replaced_at is None or one.at >= replaced_at],
    )


def proven(row: ProofRow) -> Proven:
    """Function shown once."""
    return Proven(row.rule, Grade(row.grade), row.mode, row.proved_at)


def asked_now(questions: Iterable[Asked]) -> dict[str, list[OpenQuestion]]:
    """What rules ask, by facility."""
    found: dict[str, list[OpenQuestion]] = {}
    for one in questions:
        found.setdefault(one.facility, []).append(OpenQuestion(one.rule, one.text, one.asked_at))
    return found


def said_by_people(rows: Iterable[StatementRow], asked: Mapping[str, Asked]) -> dict[str, list[Said]]:
    """What people said, by facility, in the words of the question where a rule asked."""
    found: dict[str, list[Said]] = {}
    for row in rows:
        question = asked.get(row.question)
        plain = PLAIN.get(row.answer, Text(row.answer, row.answer))
        answer = plain if question is None else question.label(row.answer)
        text = UNASKED.get(row.question) if question is None else question.text
        found.setdefault(row.facility, []).append(Said(row.at, role_label(row.by), text, answer))
    return found


def reported_by_people(
    rows: Iterable[FaultReportRow], kinds_of: Mapping[str, str], repaired_at: Mapping[int, datetime]
) -> dict[str, list[Reported]]:
    """Which workers said that it does not work, by facility. `kinds_of`: what stands there; `repaired_at`: alerts that
    a person resolved."""
    found: dict[str, list[Reported]] = {}
    for row in rows:
        kind = kinds_of.get(row.subject)
        if kind is not None and says_it_fails(kind, row.problem, row.danger):
            done = None if row.alert is None else repaired_at.get(row.alert)
            said = Reported(
                row.at, problem_label(row.subject, row.problem), done is not None and done > row.at,
                row.method == BY_THE_WALL,
            )  # fmt: skip
            found.setdefault(row.subject, []).append(said)
    return found


def _spell(row: SpellRow) -> OpenSpell:
    why = Text(row.why_zh, row.why_en)
    return OpenSpell(State(row.state), row.since, row.until, row.rule, Cause(row.cause), why)
