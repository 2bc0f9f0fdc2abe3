"""What an inspection leaves behind, without walking through its form."""

from datetime import timedelta

from hub.accounts import store as accounts
from hub.accounts.tables import User
from hub.findings.after_submit import make_findings
from hub.inspections.tables import Inspection, InspectionItem
from hub.rulebook import rulebooks
from hub.stations import store as stations
from tests.hub.inspections.conftest import Hub

RUBRIC = "shanghai_2018"


def low(hub: Hub, station: str, *keys: str, note: str = "", who: str = "inspector") -> int:
    """An inspection submitted with the lowest points on these lines and the highest on the others. Its number."""
    rubric = rulebooks()[RUBRIC].rubric
    assert rubric is not None
    finder = somebody(hub, who)
    with hub.session() as session:
        place = stations.get(session, station)
        assert place is not None
        row = Inspection(
            station=station, rulebook=RUBRIC, rubric=RUBRIC, station_name=place.name, station_name_en=place.name_en,
            station_number="", union_name="", started_at=hub.now - timedelta(hours=1), started_by=who,
            submitted_at=hub.now, submitted_by=who, total=0,
        )  # fmt: skip
        session.add(row)
        session.flush()
        assert row.id is not None
        for item in rubric.items():
            points = min(item.points) if item.key in keys else max(item.points)
            session.add(
                InspectionItem(
                    inspection=row.id, key=item.key, version=1, points=points, decided_at=hub.now, decided_by=who,
                    note=note if item.key in keys else "",
                )
            )  # fmt: skip
        session.flush()
        make_findings(session, row, finder, hub.now)
        session.commit()
        return row.id


def somebody(hub: Hub, name: str) -> User:
    """Who has signed in by this name; otherwise a person of that name without an account."""
    with hub.session() as session:
        known = accounts.find_user(session, name)
    return known or User(name=name, password_hash="-", role="inspector", created_at=hub.now)
