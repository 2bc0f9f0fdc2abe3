"""What the map shows, read for one user."""

from datetime import datetime

from sqlmodel import Session

from hub.accounts.tables import User
from hub.alerts import store as alerts
from hub.map.points import MapData, draw
from hub.overview.asked import Asked
from hub.overview.shared import States
from hub.overview.summary import StationSummary
from hub.overview.summary_store import summaries
from hub.stations import search_store
from hub.stations.tables import Station
from hub.unions import store as unions
from shared.text import Language


def map_data(session: Session, user: User, asked: Asked, language: Language, known: States) -> MapData:
    """The wanted stations within the user's jurisdiction that have a place."""
    placed = search_store.placed(session, user, asked.wanted)
    named = unions.named(session, {union for _, _, _, union, _, _ in placed})
    names = {id_: one.name_en or one.name if language == "en" else one.name for id_, one in named.items()}
    return draw(placed, known, asked.state, names, language)


def summary(session: Session, station: Station, now: datetime) -> StationSummary:
    """One of them, as the list shows it."""
    alarmed = {station.id: alerts.open_count(session, [station.id])}
    return summaries(session, [station.id], alarmed, now)[0]
