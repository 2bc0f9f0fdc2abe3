"""Inspections as JSON. Proposals of a station are told to administrators only: whoever fills in a form looks first."""

from fastapi import APIRouter

from hub.inspections import evidence_store, log_store, models, said, store
from hub.inspections.of_request import VisibleInspection
from hub.rulebook import form_for
from hub.sessions import NowDep, SessionDep
from hub.signed_in import SeesInspections, SeesProposals
from hub.stations.routes import VisibleStation

router = APIRouter(tags=["inspections"])
MOST = 100


@router.get("/api/inspections")
def list_said(session: SessionDep, user: SeesInspections) -> list[models.InspectionSummary]:
    """Inspections this user may see: open ones first, then the latest, a hundred at most."""
    found = [*store.open_to(session, user), *store.visible_to(session, user, *store.CLOSED)][:MOST]
    return [said.summary(store.head_of(row), row.total) for row in found]


@router.get("/api/inspections/{number}")
def inspection_said(session: SessionDep, _user: SeesInspections, row: VisibleInspection) -> models.InspectionSaid:
    """One form with its trail; proposals only where they were revealed."""
    return said.inspection_said(store.sheet(session, row), log_store.trail(session, row))


@router.get("/api/stations/{station}/proposals")
def proposals_said(
    session: SessionDep, now: NowDep, _user: SeesProposals, station: VisibleStation
) -> dict[str, models.Proposed]:
    """What would be proposed now, by line. Nothing is revealed or kept."""
    form = form_for(station.rulebook, station.rubric)
    computed = {} if form is None else evidence_store.proposals(session, station, form.owner.name, now)
    return {key: said.proposed(proposal) for key, proposal in computed.items()}
