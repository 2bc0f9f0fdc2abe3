"""Whatever dies, every check-in an outbox accepted is one row."""

import os
import shutil
import signal
from pathlib import Path

from shared.board import outbox_path
from shared.outbox import Outbox
from tests.journeys.house import HEALTHY, ROUGH, House


def test_the_broker_is_killed_and_its_store_deleted_and_nothing_is_lost_or_doubled(house: House) -> None:
    house.register(HEALTHY)
    house.stage.watch(HEALTHY)
    put = house.check_in(HEALTHY, 20)
    house.until(lambda: len(house.check_ins()) == 20)
    shutil.rmtree(house.stage.hub / "broker" / "store", ignore_errors=True)
    (house.folder(HEALTHY) / "settings.json").unlink()
    os.kill(house.broker(), signal.SIGKILL)
    put += house.check_in(HEALTHY, 20)
    house.until(lambda: len(house.check_ins()) == 40, seconds=90)
    assert sorted(house.check_ins()) == sorted(put)
    house.until(lambda: (house.folder(HEALTHY) / "settings.json").exists(), seconds=60)


def test_the_agent_is_killed_again_and_again_and_nothing_is_lost_or_doubled(house: House) -> None:
    house.register(HEALTHY)
    put: list[str] = []
    for _ in range(4):
        agent = house.stage.watch(HEALTHY)
        before = len(house.check_ins())
        put += house.check_in(HEALTHY, 30)
        house.until(lambda before=before: len(house.check_ins()) > before)  # type: ignore[misc]
        put += house.check_in(HEALTHY, 30)
        house.gone(agent)
    house.stage.watch(HEALTHY)
    house.until(lambda: len(set(house.check_ins())) == len(put))
    assert sorted(house.check_ins()) == sorted(put)
    outbox = Outbox(outbox_path(house.folder(HEALTHY)))
    house.until(lambda: not [r for r in outbox.take("now", house.stamp()) if r.fact.type == "checkin"])


def test_the_hub_is_killed_in_the_middle_and_takes_up_where_it_was(house: House) -> None:
    house.register(HEALTHY)
    house.stage.watch(HEALTHY)
    put = house.check_in(HEALTHY, 50)
    house.until(lambda: house.check_ins())
    broker = house.broker()
    house.gone(house.program("hub"))
    put += house.check_in(HEALTHY, 50)
    house.until(lambda: not Path(f"/proc/{broker}").exists())
    house.stage.open_hub()
    house.until(lambda: len(house.check_ins()) == 100, seconds=90)
    assert sorted(house.check_ins()) == sorted(put)


def test_a_check_in_made_offline_arrives_once(house: House) -> None:
    house.register(ROUGH)
    house.stage.simulate(ROUGH)
    house.stage.watch(ROUGH)
    first = house.check_in(ROUGH, 1)
    house.until(lambda: house.check_ins() == first)
    house.order(ROUGH, "network", "cut")
    second = house.check_in(ROUGH, 1)
    house.order(ROUGH, "network", "restore")
    house.until(lambda: len(house.check_ins()) == 2, seconds=90)
    assert sorted(house.check_ins()) == sorted(first + second)
