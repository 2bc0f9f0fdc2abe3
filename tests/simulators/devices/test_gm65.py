"""The simulated scanner says codes with their tail and answers commands as published."""

import tomllib
from pathlib import Path
from random import Random
from typing import Any

import pytest

from simulators.devices.gm65 import Gm65, check

BOOK = tomllib.loads((Path(__file__).parents[2] / "frames" / "gm65.toml").read_text("utf-8"))


def scanner(card: dict[str, float] | None = None) -> Gm65:
    return Gm65(({} if card is None else card).get, Random(1))


@pytest.mark.parametrize("case", BOOK["talk"], ids=lambda case: case["source"])
def test_commands_are_answered_as_published(case: dict[str, Any]) -> None:
    request, answer = bytes.fromhex(case["request"]), bytes.fromhex(case["answer"])
    assert scanner().hear(request) == answer
    broken = scanner()
    assert b"".join(broken.hear(request[at : at + 1]) for at in range(len(request))) == answer


@pytest.mark.parametrize(("body", "bytes_"), [("07 01 00 2A 02", "D8 0F"), ("09 01 00 00 00", "DE C8")])
def test_check_bytes_are_the_published_ones(body: str, bytes_: str) -> None:
    assert check(bytes.fromhex(body)) == bytes.fromhex(bytes_)


def test_a_card_is_read_once_while_it_is_held_there() -> None:
    card: dict[str, float] = {}
    talker = scanner(card)
    assert talker.frame() == b""
    card["card"] = 4711.0
    assert [talker.frame() for _ in range(3)] == [b"000000004711\r", b"", b""]
    del card["card"]
    assert talker.frame() == b""
    card["card"] = 4711.0
    assert talker.frame() == b"000000004711\r"


def test_any_code_may_be_shown_to_it() -> None:
    talker = scanner()
    talker.show(b"https://example.org/s")
    talker.show(b"A" * 300)
    assert [talker.frame() for _ in range(3)] == [b"https://example.org/s\r", b"A" * 300 + b"\r", b""]
