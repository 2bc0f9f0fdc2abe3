"""Every action anybody writes to the trail has words in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import hub
from hub.findings.workflow import Step
from hub.offline.second_routes import Choice
from hub.trail.words import WHAT

HUB = Path(hub.__file__).parent
NOTES = {"note", "_note", "note_trail"}
"""How functions are called that write to it, in the modules that name what is done."""
NAMED = re.compile(r"[a-z]+\.[a-z_]+")
MADE = {
    "alert": {"deed"}, "finding": set(Step), "inspection": {"change"}, "offline": set(get_args(Choice)),
}  # fmt: skip
"""Actions whose second word is not written where it is noted: which there are, or where to look."""


def calls() -> Iterator[ast.Call]:
    for path in HUB.rglob("*.py"):
        if "migrations" not in path.parts:
            yield from (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def texts(node: ast.AST) -> Iterator[str]:
    return (one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str))


def written() -> set[str]:
    """Every action, as the trail keeps it."""
    found = set()
    for call in calls():
        if called(call) in NOTES:
            found |= {text for one in call.args for text in texts(one) if NAMED.fullmatch(text)}
            for one in call.args:
                if isinstance(one, ast.JoinedStr) and isinstance(one.values[0], ast.Constant):
                    concept = str(one.values[0].value).rstrip(".")
                    assert concept in MADE, f"{concept}: which actions are there?"
        # A deed at an alert names its event, one at an inspection its change.
        if called(call) in {"_done", "note"}:
            found |= {
                f"alert.{one.attr.lower()}" for one in call.args
                if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id == "What"
            }  # fmt: skip
        if called(call) == "Change" and call.args and isinstance(call.args[0], ast.Constant):
            found.add(f"inspection.{call.args[0].value}")
    found |= {f"{concept}.{one}" for concept in ("finding", "offline") for one in MADE[concept]}
    return found | {"inspection.confirm", "inspection.return"}


def test_every_action_has_words_and_no_words_are_left_over():
    found = written()
    assert found - set(WHAT) == set(), "say what these are in hub/trail/words.py"
    assert set(WHAT) - found == set(), "nobody does this"


def test_the_words_are_there_in_both_languages():
    assert [what for what, text in WHAT.items() if not (text.zh and text.en)] == []
