"""People who came and said something, added to a furnished hub."""

import random
from datetime import datetime, timedelta

from hub.checkins.tables import CheckInRow
from hub.feedback.tables import FeedbackRow
from hub.stations.due import mark_visits
from hub.telemetry.tables import CountRow
from hub.visits import store
from shared.opening import local_midnight
from tests.hub.pages.conftest import Furnisher

STATION = "k3v9x2m7qa"


def check_in(hub: Furnisher, at: datetime, occupation="courier", station=STATION, **more) -> CheckInRow:
    hub.made += 1
    said = {"method": "tap", "burst": False, "received_at": at, "undated": False} | more
    row = CheckInRow(id=f"came-{hub.made}", station=station, at=at, occupation=occupation, **said)
    mark_visits(hub.session, [(station, at, at)])
    return hub.add(row)


def said(hub: Furnisher, at: datetime, score: int, station=STATION, **more) -> FeedbackRow:
    hub.made += 1
    row = FeedbackRow(
        id=f"said-{hub.made}", station=station, at=at, score=score, **{"received_at": at, "undated": False} | more
    )
    mark_visits(hub.session, [(station, at, at)])
    return hub.add(row)


def passed(hub: Furnisher, at: datetime, entered: int, station=STATION, **more) -> None:
    row = {"left": entered, "quality": "good"} | more
    hub.add(CountRow(start=at, station=station, facility="entrance-1", entered=entered, **row))


def busy_weeks(hub: Furnisher, days=14, station=STATION, seed=3) -> None:
    """Two weeks up to today as a station knows them: lunch is busy, and somebody plays with the glass once."""
    chance = random.Random(seed)
    for day in range(days):
        midnight = local_midnight(hub.now) - timedelta(days=day)
        for hour in range(9, 18):
            start = midnight + timedelta(hours=hour)
            if start > hub.now:
                continue
            entered = chance.randint(1, 4) + 6 * (hour in (11, 12))
            hub.session.add(
                CountRow(
                    start=start, station=station, facility="entrance-1", entered=entered, left=entered,
                    undirected=chance.randint(0, 1), quality="good",
                )
            )  # fmt: skip
            for _ in range(chance.randint(0, entered)):
                at = start + timedelta(seconds=chance.randint(0, 3500))
                job = chance.choice(("courier", "sanitation", "food_rider", "taxi_driver"))
                method = chance.choice(("tap", "tap", "tap", "phone", "card"))
                visitor = None if method == "tap" else f"{chance.randint(1, 9):032x}"
                hub.made += 1
                hub.session.add(
                    CheckInRow(
                        id=f"came-{station}-{hub.made}", station=station, at=at, occupation=job, method=method,
                        burst=False, visitor=visitor, received_at=at, undated=False,
                    )
                )  # fmt: skip
            if chance.random() < 0.5:
                hub.made += 1
                score = chance.choice((4, 4, 3, 3, 3, 2, 1))
                hub.session.add(
                    FeedbackRow(
                        id=f"said-{station}-{hub.made}", station=station, at=start + timedelta(minutes=5), score=score,
                        tags=["food"] if score < 3 else [], received_at=start, undated=False,
                    )
                )  # fmt: skip
    burst = local_midnight(hub.now) + timedelta(hours=10)
    for step in range(30):
        hub.made += 1
        at = burst + timedelta(seconds=step)
        hub.session.add(
            CheckInRow(
                id=f"came-{station}-{hub.made}", station=station, at=at, occupation="other", method="tap",
                burst=step >= 3, received_at=at, undated=False,
            )
        )  # fmt: skip
    hub.session.commit()
    mark_visits(hub.session, [(station, hub.now - timedelta(days=back), hub.now) for back in (0, days)])
    hub.session.commit()


def added_up(hub: Furnisher) -> None:
    """As the hub does every ten minutes."""
    while store.catch_up(hub.session, hub.now) or store.look_again(hub.session, hub.now, 50):
        hub.session.commit()
