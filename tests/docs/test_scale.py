"""docs/scale.md names rows that are measured, and every figure says what it is; links of the pages lead somewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "scale.md").read_text()
MEASURES = "\n".join(path.read_text() for path in (ROOT / "tests" / "benchmarks").rglob("*.py"))
PAGES = ("scale.md", "deploy.md", "operations.md")


def test_every_row_it_names_is_measured() -> None:
    named = set(re.findall(r"rows? \*([^*]+)\*", PAGE)) | set(re.findall(r" and \*([^*]+)\*", PAGE))
    assert len(named) >= 9
    # A count of stations is put into the name where it is measured.
    spelled = {name: re.escape(name).replace(r"10,000", r"(10,000|\{[^}]+\})") for name in named}
    assert [name for name, pattern in spelled.items() if not re.search(f'"{pattern}"', MEASURES)] == []


def test_every_line_of_a_table_says_what_its_figure_is() -> None:
    lines = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| stations")]
    figures = [line for line in lines if re.search(r"\d", line) and not re.match(r"\| ([ABC],|\d)", line)]
    assert len(figures) >= 20
    kinds = ("measured", "computed", "not run", "by design", "tests")
    assert [line for line in figures if not any(kind in line.rsplit("|", 2)[1] for kind in kinds)] == []


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", (ROOT / "docs" / page).read_text()):
        assert (ROOT / "docs" / target).exists(), target


@pytest.mark.parametrize("page", PAGES)
def test_files_of_deploy_that_are_named_are_there(page: str) -> None:
    for name in re.findall(r"deploy/[\w./-]+\w", (ROOT / "docs" / page).read_text()):
        assert (ROOT / name).exists() or list((ROOT / name).parent.glob(Path(name).name + "*")), name
