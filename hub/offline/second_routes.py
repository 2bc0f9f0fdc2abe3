"""Choosing between the answer that stands and the one a device brought later."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from hub.accounts.tables import User
from hub.errors import HubError
from hub.inspections import actions, mark_store
from hub.inspections import store as inspections
from hub.inspections.deeds import Deed
from hub.inspections.log_store import identity
from hub.inspections.refusals import Refused
from hub.inspections.tables import Inspection
from hub.inspections.workflow import LOOKS, REASONS
from hub.offline import outcomes, store
from hub.offline.second import Given, Second, gathered
from hub.pages import fragment
from hub.sessions import NowDep, SessionDep
from hub.signed_in import Inspects
from hub.trail import store as trail
from shared.text import Text

router = APIRouter(tags=["offline"])
NOTHING_TO_CHOOSE = Text(
    "这里没有要选择的回答，也许别人刚选过。", "There is nothing to choose here; somebody else may have."
)
Choice = Literal["keep", "take"]


def beside_form(request: Request, session: Session, row: Inspection, user: User) -> str:
    """The second answers of a form, as a piece of its page; empty where there are none."""
    seconds = _seconds(session, row)
    if not seconds:
        return ""
    lines = {shown.item.key: shown for shown in inspections.sheet(session, row).lines()}
    return fragment(
        request, "offline/_second_answers.html", pairs=[(lines[one.key], one) for one in seconds if one.key in lines],
        number=identity(row), LOOKS=LOOKS, REASONS=REASONS,
        may_choose=inspections.may_fill(session, row, user),
    )  # fmt: skip


@router.post("/inspections/{number}/second-answers")
def choose(
    session: SessionDep,
    now: NowDep,
    user: Inspects,
    number: Annotated[int, Path(ge=1, le=2**31 - 1)],
    key: Annotated[str, Form(max_length=64)],
    person: Annotated[int, Form(ge=1, le=2**31 - 1)],
    choice: Annotated[Choice, Form()],
) -> Response:
    """Keep what stands, or take the other answer; both stay in the trail."""
    row = inspections.visible(session, user, number)
    if row is None or not inspections.may_fill(session, row, user):
        raise HubError(404, outcomes.NO_INSPECTION)
    second = next((one for one in _seconds(session, row) if (one.key, one.user) == (key, person)), None)
    if second is None:
        raise HubError(409, NOTHING_TO_CHOOSE)
    standing = inspections.line(session, row, key)[1].line
    other = second.decided
    if choice == "take":
        try:
            if other is not None:
                actions.decide(session, row, key, other.points, other.reason, other.note, Deed(user, now, now))
            if second.marked is not None:
                mark_store.mark(session, row, key, second.marked, Deed(user, now, now))
        except Refused as error:
            raise HubError(409, error.text) from error
    store.resolve(session, number, key, person, choice == "take", user.name, now)
    trail.note(
        session, user.name, user.role, f"offline.{choice}", now,
        station=row.station, subject=f"inspection {number} {key}",
        old=_points(standing.points), new=_points(None if other is None else other.points), reason=second.who,
    )  # fmt: skip
    return RedirectResponse(f"/inspections/{number}#{key}", status_code=303)


def _seconds(session: Session, row: Inspection) -> list[Second]:
    kept = store.second_answers(session, identity(row))
    return gathered(Given(one.user, one.who, one.done_at, one.content) for one in kept)


def _points(points: int | None) -> str | None:
    return None if points is None else str(points)
