"""`python -m tests.evaluation`: does the hub propose 10 where the thing works and 2 where it is broken?"""

import signal
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from tests.evaluation.parallel import evaluate
from tests.evaluation.plans import draw
from tests.evaluation.report import write


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise typer.Exit(130)


def run(
    windows: Annotated[int, typer.Option(min=1, help="How many facility-windows.")] = 24,
    seed: Annotated[str, typer.Option(help="Another seed draws other windows.")] = "1",
    out: Annotated[Path, typer.Option(help="Where report.md, windows.csv and summary.json go.")] = Path(
        "build/evaluation"
    ),
) -> None:
    """Draw windows, simulate, judge, and hold the proposals against the truth."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    console = Console(stderr=True)
    judged = list(evaluate(draw(seed, windows), console))
    print(write(judged, seed, out))
    console.print(f"written to {out}", highlight=False)


if __name__ == "__main__":
    typer.run(run)
