"""The simulated tracking radar says the manual's bytes, and fills its slots as the real one does."""

import tomllib
from pathlib import Path
from random import Random
from typing import Any

import pytest

from simulators.device import Source, models
from simulators.devices.ld2450 import report

BOOK = tomllib.loads((Path(__file__).parents[2] / "frames" / "ld2450.toml").read_text("utf-8"))


def radar(source: Source) -> Any:
    made = models()["ld2450"].alone
    assert made is not None
    return made(source, Random(1))


@pytest.mark.parametrize("case", [case for case in BOOK["frame"] if "targets" in case], ids=lambda case: case["source"])
def test_targets_are_the_manuals_bytes(case: dict[str, Any]) -> None:
    assert report([tuple(target) for target in case["targets"]]) == bytes.fromhex(case["answer"])


def test_when_the_first_one_leaves_the_next_moves_up() -> None:
    places: dict[str, float | None] = {"x1": 1.0, "y1": 2.0, "x3": -1.0, "y3": 3.0}
    talker = radar(places.get)
    both = talker.frame()
    assert len(both) == 30
    assert both[20:28] == bytes(8)
    places["x1"] = None
    alone = talker.frame()
    assert alone[12:28] == bytes(16)
    assert alone[5] & 0x80 == 0, "x of who is left is negative"


def test_who_comes_nearer_has_a_negative_speed() -> None:
    places: dict[str, float | None] = {"x1": 0.0, "y1": 3.0}
    talker = radar(places.get)
    talker.frame()
    places["y1"] = 2.9
    frame = talker.frame()
    assert int.from_bytes(frame[8:10], "little") == 100


def test_in_configuration_it_is_quiet_until_a_restart() -> None:
    talker = radar(lambda _channel: None)
    assert talker.hear(bytes.fromhex("FDFCFBFA0200A30004030201")) == b""
    assert talker.hear(bytes.fromhex("FDFCFBFA0400FF00010004030201"))
    assert talker.frame() == b""
    assert talker.hear(bytes.fromhex("FDFCFBFA0200A30004030201")) == bytes.fromhex("FDFCFBFA0400A301000004030201")
    assert len(talker.frame()) == 30
