"""Questions with their answers: reading, writing, answering."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, and_, col, or_, select

from hub.accounts.tables import User
from hub.feedback import store as feedback
from hub.feedback.tables import StatementRow
from hub.questions.asked import Answered, Asked, Option, Refusal, newest_first, refusal, repeated, waiting_first
from hub.questions.tables import QuestionRow
from hub.stations import store as stations
from hub.stations.tables import Facility
from hub.upsert import Columns, Merge, Row, replace, upsert
from shared.ids import record_id
from shared.text import Text

LISTED = 50
"""Questions answered or closed that a list shows."""
LISTED_OPEN = 500
"""Questions a list shows that rules still ask, the newest."""


def put_questions(session: Session, rows: Iterable[Row]) -> None:
    """The highest revision stands; of one revision said in two ways the one that is closed, of two ends the later."""
    upsert(session, QuestionRow, rows, _MORE_SAID)


def _says_more(there: Columns, coming: Columns) -> ColumnElement[bool]:
    closed_later = or_(
        and_(there.closed_at.is_(None), coming.closed_at.is_not(None)), there.closed_at < coming.closed_at
    )
    return or_(there.revision < coming.revision, and_(there.revision == coming.revision, closed_later))


_MORE_SAID = Merge(replace(QuestionRow), _says_more)


def get(session: Session, station: str, question: str) -> Asked | None:
    """One question of a station. None: it was never asked there."""
    row = session.get(QuestionRow, (station, question), populate_existing=True)
    return None if row is None else _with_answers(session, [row])[0]


def visible(session: Session, user: User) -> list[Asked]:
    """The questions of the stations this user may see: what waits first, then the newest others."""
    stands = and_(
        col(Facility.station) == col(QuestionRow.station),
        col(Facility.id) == col(QuestionRow.facility),
        col(Facility.removed_at).is_(None),
    )
    wanted = select(QuestionRow).join(Facility, stands).where(col(QuestionRow.station).in_(stations.ids_seen_by(user)))
    newest = (col(QuestionRow.asked_at).desc(), col(QuestionRow.id))
    rows = [
        *session.exec(wanted.where(col(QuestionRow.closed_at).is_(None)).order_by(*newest).limit(LISTED_OPEN)),
        *session.exec(wanted.where(col(QuestionRow.closed_at).is_not(None)).order_by(*newest).limit(LISTED)),
    ]
    return waiting_first(_with_answers(session, rows))


def open_at(session: Session, station: str) -> list[Asked]:
    """What the rules of a station ask now, answered or not: of facilities that stand there."""
    standing = {facility.id for facility in stations.facilities(session, station)}
    query = select(QuestionRow).where(QuestionRow.station == station, col(QuestionRow.closed_at).is_(None))
    rows = [row for row in session.exec(query) if row.facility in standing]
    return waiting_first(_with_answers(session, rows))


def about(session: Session, station: str, facility: str, since: datetime) -> list[Asked]:
    """Questions about a facility: those that are open, and those asked since."""
    query = (
        select(QuestionRow)
        .where(QuestionRow.station == station, QuestionRow.facility == facility)
        .where(or_(col(QuestionRow.closed_at).is_(None), col(QuestionRow.asked_at) >= since))
    )
    return waiting_first(_with_answers(session, session.exec(query).all()))


def named(session: Session, station: str, ids: Collection[str]) -> dict[str, Asked]:
    """Of these questions the ones a station asked, by id."""
    rows = session.exec(select(QuestionRow).where(QuestionRow.station == station, col(QuestionRow.id).in_(ids))).all()
    return {asked.id: asked for asked in _with_answers(session, rows)}


def answer(session: Session, asked: Asked, choice: str, user: User, now: datetime, chance: bytes) -> Refusal | None:
    """Keep a user's answer as a statement; the same once more changes nothing. `chance` is ten random bytes."""
    # The row is locked first: of two taps at once the second finds the first one's answer.
    session.connection().execute(
        update(QuestionRow)
        .where(col(QuestionRow.station) == asked.station, col(QuestionRow.id) == asked.id)
        .values(revision=col(QuestionRow.revision))
    )
    fresh = get(session, asked.station, asked.id)
    if fresh is None:
        return Refusal.CLOSED
    refused = refusal(fresh, choice, user.name)
    if refused is None and not repeated(fresh, choice, user.name):
        feedback.put_statements(session, [_statement(fresh, choice, user, now, chance)])
    return refused


def _statement(asked: Asked, choice: str, user: User, now: datetime, chance: bytes) -> Row:
    return {
        "id": record_id(now, chance),
        "station": asked.station,
        "at": now,
        "question": asked.id,
        "facility": asked.facility,
        "answer": choice,
        "by": user.role,
        "who": user.name,
        "received_at": now,
        "undated": False,
        "retracted": False,
    }


def _with_answers(session: Session, rows: Sequence[QuestionRow]) -> list[Asked]:
    said: dict[tuple[str, str], list[StatementRow]] = {}
    for row in feedback.answers_to(session, _places(rows)):
        said.setdefault((row.station, row.question), []).append(row)
    return [_asked(row, said.get((row.station, row.id), [])) for row in rows]


def _places(rows: Sequence[QuestionRow]) -> Collection[tuple[str, str]]:
    return {(row.station, row.id) for row in rows}


def _asked(row: QuestionRow, said: Iterable[StatementRow]) -> Asked:
    return Asked(
        station=row.station,
        id=row.id,
        facility=row.facility,
        rule=row.rule,
        text=Text(row.text_zh, row.text_en),
        choices=tuple(Option(choice["id"], Text(**choice["label"])) for choice in row.choices),
        asked_at=row.asked_at,
        due=row.due,
        closed_at=row.closed_at,
        answers=newest_first(answered(one) for one in said),
    )


def answered(row: StatementRow) -> Answered:
    """A statement, as a question sees it."""
    return Answered(row.answer, row.by, row.who, row.at, row.id, row.undated)
