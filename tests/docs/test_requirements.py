"""docs/requirements.md: every clause once, and no claim without a test that exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINES = [
    line for line in (ROOT / "docs/requirements.md").read_text(encoding="utf-8").splitlines() if line.startswith("- ")
]
SHAPE = re.compile(r"- (?P<id>(?:AH|SH|X)-\d\d) · (?P<what>[^·]+) · (?:not yet|works `(?P<test>[^`]+)`)")
IDS = {
    *(f"AH-{number:02}" for number in range(1, 59)),
    *(f"SH-{number:02}" for number in range(1, 68)),
    *(f"X-{number:02}" for number in range(1, 9)),
}


def test_every_line_has_id_clause_and_standing() -> None:
    assert not [line for line in LINES if SHAPE.fullmatch(line) is None]


def test_every_clause_is_there_exactly_once() -> None:
    ids = [line.split(" ")[1] for line in LINES]
    assert sorted(ids) == sorted(IDS)


@pytest.mark.parametrize("line", [line for line in LINES if "· works" in line], ids=lambda line: line.split(" ")[1])
def test_what_works_is_shown_by_a_test_that_exists(line: str) -> None:
    match = SHAPE.fullmatch(line)
    assert match is not None and match["test"] is not None
    path, name = match["test"].split("::")
    file = ROOT / path
    assert file.is_relative_to(ROOT / "tests") and file.name.startswith("test_")
    text = file.read_text(encoding="utf-8")
    assert re.search(rf"^(?:async )?def {re.escape(name)}\(", text, re.MULTILINE), f"{path} has no {name}"
