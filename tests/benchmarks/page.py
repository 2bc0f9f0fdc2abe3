"""What was measured, as a table in docs/performance.md between two markers; the words around it are people's."""

from pathlib import Path

from tests.benchmarks.rows import SUMMARY, Row, kept_machine, kept_rows

PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


class NoMarkers(Exception):
    """The page does not say where the figures go."""


def write(page: Path = PAGE, summary: Path = SUMMARY) -> None:
    """Put the figures of the summary into the page. Raises NoMarkers."""
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise NoMarkers(f"{page} has no {BEGIN} … {END}")
    figures = table(kept_machine(summary), kept_rows(summary))
    page.write_text(f"{before}{BEGIN}\n\n{figures}\n{END}{after}", encoding="utf-8")


def table(machine: dict[str, str | int], rows: list[Row]) -> str:
    """Markdown: the machine in a line, a line for each row, and below what else was seen."""
    lines = [", ".join(f"{name} {value}" for name, value in machine.items()) + ".", ""]
    lines += ["| what | measured | to reach | |", "|---|---|---|---|"]
    marks = {True: "✓", False: "✗", None: ""}
    lines += [
        f"| {_cell(row.name)} | {row.value:,.10g} {_cell(row.unit)} | {_cell(row.goal)} | {marks[row.met]} |"
        for row in rows
    ]
    lines += ["", "What else was seen:", ""]
    lines += [f"- **{row.name}**: {row.detail}" for row in rows if row.detail]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
