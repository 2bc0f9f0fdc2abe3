"""`python -m tests.evaluation`: does the hub propose 10 where the thing works and 2 where it is broken?"""

import os
import signal
import time
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from tests.evaluation.draws import draw
from tests.evaluation.parallel import evaluate
from tests.evaluation.report import write
from tests.evaluation.tables import summary
from tests.evaluation.targets import missed


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise typer.Exit(130)


def run(
    windows: Annotated[int, typer.Option(min=1, help="How many facility-windows.")] = 400,
    seed: Annotated[str, typer.Option(help="Another seed draws other windows.")] = "1",
    recordings: Annotated[
        Path | None, typer.Option(help="A folder of real recordings; WAYSTATION_RECORDINGS where it is not given.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Where the report, tables and charts go.")] = Path("build/evaluation"),
    strict: Annotated[bool, typer.Option(help="Fail where a figure to be reached is not.")] = False,
) -> None:
    """Draw windows, simulate, judge, and hold the proposals against the truth."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    console = Console(stderr=True)
    began = time.monotonic()
    files = recordings or Path(os.environ.get("WAYSTATION_RECORDINGS", "") or "/nonexistent")
    judged = evaluate(draw(seed, windows), files if files.is_dir() else None, console)
    for failure in judged.failures:
        console.print(f"[red]failed[/red] {failure}", highlight=False)
    if judged.windows:
        elapsed_s = time.monotonic() - began
        print(write(judged, seed, elapsed_s, out))
        console.print(f"written to {out}", highlight=False)
        short = list(missed(summary(judged, seed, elapsed_s)))
        for line in short:
            console.print(f"[yellow]not reached[/yellow] {line}", highlight=False)
        if strict and short:
            raise typer.Exit(1)
    if judged.failures or len(judged.windows) < windows:
        console.print(f"{len(judged.windows)} of {windows} windows judged", highlight=False)
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(run)
