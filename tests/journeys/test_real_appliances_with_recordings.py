"""Recordings of real appliances, judged by the real code, end on the form: what they support, and why not the rest."""

import os
from pathlib import Path

from simulators.demo.children import command, run
from tests.journeys.house import House

PANTRY = Path(__file__).parents[2] / "docs" / "examples" / "pantry"


def test_a_pantry_recorded_elsewhere_gets_proposals_only_where_something_was_measured(house: House) -> None:
    cast, station = house.wireless("pantry")
    folder = house.folder(cast)
    files = ["--files", os.environ["WAYSTATION_RECORDINGS"], "--end", "now", "--quiet"]
    run([command("waystation-edge"), "replay", str(PANTRY), "--station", str(folder), *files])
    house.stage.watch(cast)
    house.until(lambda: house.rows("SELECT 1 FROM facility WHERE station = ?", station))
    house.until(lambda: 0 <= house.waiting(cast) < 5, seconds=110)
    proposals = house.visitor.json(f"/api/stations/{station}/proposals")
    for key, item in proposals.items():
        minutes = [facility["evidence"]["minutes"] for facility in item["facilities"]]
        assert all(
            sum(row[s] for s in ("ok", "degraded", "down", "unknown", "excluded")) == row["service"] for row in minutes
        )
        assert item["points"] is not None or item["why"]["zh"], key
    assert proposals["air_conditioner"]["points"] is None
    assert proposals["air_conditioner"]["rule"] == "R1"
    assert house.rows("SELECT * FROM spell WHERE state = 'down'") == []
    assert house.rows("SELECT facility FROM proof WHERE rule = 'MW1'")
