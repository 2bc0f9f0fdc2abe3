"""Visits as JSON: raw beside filtered, footfall, satisfaction; the same figures as page and file, and no visitor."""

import json
from datetime import timedelta

from hub.unions import store as unions
from hub.unions.trees import Level
from shared.opening import local_midnight
from tests.hub.visits import came
from tests.hub.visits.came import STATION, check_in, passed, said
from tests.hub.visits.test_pages import signed_in

ALL, ONE = "/api/visits", f"/api/stations/{STATION}/visits"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def test_raw_stands_beside_filtered_by_day_hour_and_occupation(furnished, maintainer):
    nine = local_midnight(furnished.now) + 9 * HOUR
    for step in range(10):
        check_in(furnished, nine + timedelta(seconds=step * 5), "courier", burst=step > 2)
    check_in(furnished, nine + 2 * HOUR, "astronaut", method="card", visitor="a" * 32)
    came.added_up(furnished)
    of_all, of_one = maintainer.get(ALL).json(), maintainer.get(ONE).json()
    for found in (of_all, of_one):
        raw, filtered = found["raw"], found["filtered"]
        assert (found["month"], raw["check_ins"], filtered["check_ins"]) == ("2026-07", 11, 5)
        assert [day["check_ins"] for day in (raw["days"][-1], filtered["days"][-1])] == [11, 5]
        assert [len(row) for row in raw["week"]] == [24] * 7
        wednesday = 2
        assert (raw["week"][wednesday][9], filtered["week"][wednesday][9]) == (10, 4)
        assert filtered["occupations"] == dict.fromkeys(filtered["occupations"], 0) | {"courier": 4, "other": 1}
        assert (raw["methods"]["tap"], raw["methods"]["card"]) == (10, 1)
        assert raw["footfall"] is None
    assert of_all["stations"] == [
        {
            "station": STATION, "name": "河边驿站", "raw": 11, "filtered": 5,
            "satisfied": {"k": 0, "n": 0, "value": None, "low": None, "high": None},
        }
    ]  # fmt: skip
    assert [(one["start"], one["raw"], one["filtered"], one["entered"]) for one in of_one["hours"]] == [
        ("2026-07-15T09:00:00+08:00", 10, 4, None), ("2026-07-15T11:00:00+08:00", 1, 1, None),
    ]  # fmt: skip
    assert [(one["raw_occupations"], one["filtered_occupations"]) for one in of_one["hours"]] == [
        ({"courier": 10}, {"courier": 4}), ({"other": 1}, {"other": 1}),
    ]  # fmt: skip
    assert (of_one["visitors"], of_one["visitors_known"]) == (1, 1)
    assert "a" * 32 not in json.dumps([of_all, of_one])


def test_footfall_is_compared_over_the_hours_it_was_counted_in(furnished, maintainer):
    nine = local_midnight(furnished.now) + 9 * HOUR
    passed(furnished, nine, entered=4, undirected=2)
    passed(furnished, nine + HOUR, entered=1)
    for number in range(3):
        check_in(furnished, nine + number * MINUTE)
        check_in(furnished, nine + HOUR + number * MINUTE)
    check_in(furnished, nine + 3 * HOUR)  # nothing counts there now
    footfall = maintainer.get(ONE).json()["filtered"]["footfall"]
    assert footfall == {
        "entered": 5, "undirected": 2, "check_ins": 6, "per_hundred": 120.0,
        "per_hundred_at_least": 600 / 7, "flagged_hours": 1,
    }  # fmt: skip


def test_satisfaction_has_its_n_and_wilsons_interval_and_leaves_bursts_out(furnished, maintainer):
    for score in (4, 4, 3, 2):
        said(furnished, furnished.now - HOUR, score, tags=["food"] if score == 2 else [], text="不要外传")
    said(furnished, furnished.now - HOUR, 1, burst=True)
    found = maintainer.get(ONE).json()
    rate = found["filtered"]["satisfied"]
    assert (rate["k"], rate["n"], rate["value"]) == (3, 4, 0.75)
    assert [round(rate["low"], 3), round(rate["high"], 3)] == [0.301, 0.954]
    assert (found["raw"]["satisfied"]["n"], found["raw"]["faces"]["1"], found["filtered"]["faces"]["1"]) == (5, 1, 0)
    assert found["filtered"]["tags"]["food"] == 1
    assert list(found["filtered"]["satisfied_by_hour"]) == ["13"]
    (hour,) = found["hours"]
    answered = [(hour[one]["k"], hour[one]["n"]) for one in ("raw_satisfied", "filtered_satisfied")]
    assert (hour["start"], hour["raw"], answered) == ("2026-07-15T13:00:00+08:00", 0, [(3, 5), (3, 4)])
    assert "不要外传" not in json.dumps(found, ensure_ascii=False)


def test_it_says_what_page_and_file_say(furnished, maintainer):
    came.busy_weeks(furnished)
    came.added_up(furnished)
    found = maintainer.get(ALL).json()
    rows = maintainer.get("/visits/export.csv").text.splitlines()
    assert rows[-1].split(",")[4] == str(found["filtered"]["check_ins"])
    one = maintainer.get(ONE).json()
    assert one["filtered"] == found["filtered"]
    assert sum(hour["raw"] for hour in one["hours"]) == one["raw"]["check_ins"] > one["filtered"]["check_ins"]


def test_a_program_reads_its_users_stations_and_no_others(furnished, stranger):
    hub = furnished
    west = unions.add(hub.session, "西区总工会", Level.DISTRICT)
    hub.station("q7v9x2m7qc", "别处驿站", union=west.id)
    check_in(hub, hub.now - HOUR)
    check_in(hub, hub.now - HOUR, station="q7v9x2m7qc")
    came.added_up(hub)
    assert stranger.get(ALL).status_code == stranger.get(ONE).status_code == 401
    signed_in(hub, stranger, "district", everywhere=False, union=west.id)
    found = stranger.get(ALL).json()
    assert [row["station"] for row in found["stations"]] == ["q7v9x2m7qc"]
    assert (found["total"], found["filtered"]["check_ins"]) == (1, 1)
    assert stranger.get(ONE).status_code == 404
    assert stranger.get(f"{ALL}?month=2026-13").status_code == 422


def test_a_month_nobody_knows_of_says_so(furnished, maintainer):
    found = maintainer.get(f"{ALL}?month=2025-01").json()
    assert (found["added_up_at"], found["total"], found["stations"]) == (None, 0, [])
    assert {day["check_ins"] for day in found["raw"]["days"]} == {None}
