"""A module gives a name to one thing: of two constants with one name the second takes the place of the first unseen."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAMS = ("edge", "hub", "kiosk", "shared", "simulators")


def named(tree: ast.Module) -> Iterator[str]:
    """What a module's own statements name, private names too; a branch (TYPE_CHECKING, try) is not looked into."""
    for statement in tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        for target in [*targets, *([statement.target] if isinstance(statement, ast.AnnAssign) else [])]:
            parts = target.elts if isinstance(target, ast.Tuple) else [target]
            yield from (part.id for part in parts if isinstance(part, ast.Name) and part.id != "_")
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            yield statement.name


@pytest.mark.parametrize("program", PROGRAMS)
def test_no_name_is_given_twice(program: str) -> None:
    twice = {
        str(path.relative_to(ROOT)): names
        for path in (ROOT / program).rglob("*.py")
        if (names := [name for name, n in Counter(named(ast.parse(path.read_text()))).items() if n > 1])
    }
    assert twice == {}
