"""The list of stations: the state of all of them by a handful of statements, then everything of those on the page."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from hub.accounts.tables import User
from hub.alerts import store as alerts
from hub.health import present
from hub.overview.asked import Asked, StationPage
from hub.overview.summary import RANKS, judged_kinds, ranked, state_of, tally
from hub.overview.summary_store import summaries
from hub.stations import search_store
from shared.states import State


def list_stations(
    session: Session, user: User, asked: Asked, now: datetime, known: Mapping[str, State] | None = None
) -> StationPage:
    """A page of the stations this user may see, worst first over all of them.

    Their states and their order take a handful of statements, however many they are; what is shown of those on the
    page is then read as on their own pages, with a handful more. `known` are the `states`, where they were read before.
    """
    known, alarmed = states(session, now) if known is None else known, alerts.open_counts(session)
    found = sorted(
        ranked(id_, name, known.get(id_, State.UNKNOWN), alarmed.get(id_, 0))
        for id_, name in search_store.found_by(session, user, asked.wanted)
    )
    chosen = [one for one in found if asked.state is None or one.rank == RANKS[asked.state]]
    page = min(asked.page, max(1, -(-len(chosen) // asked.size)))
    shown = [one.id for one in chosen[(page - 1) * asked.size : page * asked.size]]
    return StationPage(asked, summaries(session, shown, alarmed, now), tally(found), len(chosen), page)


def states(session: Session, now: datetime) -> dict[str, State]:
    """The state of every station in which something stands that is judged."""
    said, held = present.said_now(session, now), present.held_now(session)
    silent, nothing = present.silent_stations(session, now), dict[str, State]()
    return {
        station: state_of(
            names,
            tuple(text for one in said if (text := one.get(station)) is not None),
            held.get(station, nothing),
            station in silent,
        )
        for station, names in present.facility_names(session, judged_kinds()).items()
    }
