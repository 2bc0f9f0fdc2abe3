"""Stations judged in parallel, two at a time, with a progress bar."""

import multiprocessing
import os
import signal
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from pathlib import Path
from queue import Empty
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tests.evaluation.outcome import Window, outcome
from tests.evaluation.plans import Plan
from tests.evaluation.road import travel
from tests.evaluation.truth import live_through

PROCESSES = 2
TRUTH_SHARE = 0.1
"""Of the work on a station, living through its truth is about a tenth."""

_shares: "multiprocessing.Queue[tuple[int, float]] | None" = None


def _begin(shares: "multiprocessing.Queue[tuple[int, float]]") -> None:
    global _shares
    _shares = shares
    os.nice(10)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches everybody; who started them ends them


def judge(plan: Plan, room: Path) -> list[Window]:
    """One station: the truth first, then what is said of it. `room`: a folder to work in."""

    def told(share: float) -> None:
        if _shares is not None:
            _shares.put((plan.number, share))

    story = plan.story()
    span = plan.visit - plan.first
    minutes = live_through(
        story, plan.first, plan.visit, lambda at: told(TRUTH_SHARE * min(1.0, (at - plan.first) / span))
    )
    silences = {case.facility: case.silences for case in plan.cases}
    with tempfile.TemporaryDirectory(dir=room) as folder:
        answers = travel(
            story, plan.first, plan.visit, silences, Path(folder), lambda share: told(TRUTH_SHARE + 0.9 * share)
        )
    return [outcome(plan, case, minutes[case.facility], answers[case.facility]) for case in plan.cases]


def evaluate(plans: Sequence[Plan], console: Console) -> Iterator[Window]:
    """All stations, two at a time."""
    context = multiprocessing.get_context("spawn")
    shares: multiprocessing.Queue[tuple[int, float]] = context.Queue()
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:3.0f} %"))
    done = dict.fromkeys((plan.number for plan in plans), 0.0)
    with (
        tempfile.TemporaryDirectory(prefix="waystation-evaluation-") as room,
        ProcessPoolExecutor(PROCESSES, context, _begin, (shares,)) as pool,
        Progress(*columns, TimeElapsedColumn(), console=console) as progress,
    ):
        bar = progress.add_task(f"{sum(len(plan.cases) for plan in plans)} windows", total=len(plans))
        futures: list[Future[list[Window]]] = [pool.submit(judge, plan, Path(room)) for plan in plans]
        waiting: set[Future[Any]] = set(futures)
        try:
            while waiting:
                _, waiting = wait(waiting, timeout=0.5)
                for number, share in _drained(shares):
                    done[number] = share
                progress.update(bar, completed=sum(done.values()))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.terminate()
            raise
        for future in futures:
            yield from future.result()


def _drained(shares: "multiprocessing.Queue[tuple[int, float]]") -> Iterator[tuple[int, float]]:
    while True:
        try:
            yield shares.get_nowait()
        except Empty:
            return
