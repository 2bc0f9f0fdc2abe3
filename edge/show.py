"""What the station shows: its board for the kiosk, and its live values for pages. Pure."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from edge.health.verdict import Standing
from edge.observer import Observer
from edge.settings import Settings
from shared.board import Board, BoardFacility, BoardQuestion
from shared.envelope import LiveFacility
from shared.facility import kinds
from shared.moment import Stamp
from shared.opening import SHANGHAI
from shared.states import State
from shared.text import Text


def board(
    settings: Settings,
    observer: Observer,
    stamp: Stamp,
    waiting: int,
    online: bool,
    lasts_h: float | None = None,
    silent_s: float | None = None,
    troubles: Sequence[Text] = (),
    last_good: datetime | None = None,
) -> Board:
    """The board as it stands now; `waiting` are records not yet committed. What no sensor judges is unknown."""
    judged = set(observer.judge.judged)
    rows = []
    for facility in settings.facilities:
        if not kinds()[facility.kind].scored:
            continue
        standing = observer.judge.standing(facility.id) if facility.id in judged else None
        rows.append(
            BoardFacility(
                id=facility.id,
                kind=facility.kind,
                label=facility.label,
                state=standing.state if standing else State.UNKNOWN,
                since=_since(standing),
                why=standing.why if standing and standing.state is not State.OK else None,
                values=dict(standing.values) if standing else {},
                busy=standing is not None and standing.state is not State.DOWN and observer.judge.busy(facility.id),
            )
        )
    footfall = observer.footfall
    today = stamp.at.astimezone(SHANGHAI).date()
    return Board(
        written_at=stamp.at,
        boot=stamp.boot,
        last_good=last_good,
        station=settings.station,
        facilities=rows,
        online=online,
        waiting=waiting,
        lasts_h=lasts_h,
        occupied=footfall.occupancy.occupied,
        entered_today=(footfall.entered if footfall.day == today else 0) if footfall.entrances else None,
        questions=[
            BoardQuestion(question=one.question, facility=one.facility, text=one.text, choices=one.choices)
            for one in observer.reporter.questions.open
        ],
        acknowledged_at=None if silent_s is None else stamp.at - timedelta(seconds=silent_s),
        troubles=list(troubles),
    )


def live(observer: Observer, stamp: Stamp) -> Iterable[LiveFacility]:
    """Every judged facility, right now."""
    for name in observer.judge.judged:
        standing = observer.judge.standing(name)
        yield LiveFacility(
            facility=name,
            state=standing.state,
            since=_since(standing) or stamp.at,
            why=standing.why,
            cause=standing.cause,
            grade=standing.grade,
            values=dict(standing.values),
            at=stamp.at,
        )


def _since(standing: Standing | None) -> datetime | None:
    return datetime.fromtimestamp(standing.since, UTC) if standing and standing.since > 0 else None
