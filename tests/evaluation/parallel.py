"""Stations and recordings judged in parallel, a process for each processor, with a progress bar."""

import gc
import multiprocessing
import os
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import Empty
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tests.evaluation import coldstore, footfall, recordings
from tests.evaluation.outcome import Window, outcome
from tests.evaluation.plans import Plan
from tests.evaluation.road import travel

T = TypeVar("T")

_shares: "multiprocessing.Queue[tuple[int, float]] | None" = None


@dataclass(slots=True)
class Real:
    """What was found in real recordings."""

    appliances: list[recordings.Result] = field(default_factory=list)
    door: footfall.Door | None = None
    """None: there is no such recording."""
    store: list[coldstore.Agreement] = field(default_factory=list)


@dataclass(slots=True)
class Judged:
    """All that was judged, and what went wrong on the way."""

    windows: list[Window] = field(default_factory=list)
    real: Real = field(default_factory=Real)
    failures: list[str] = field(default_factory=list)


def judge(plan: Plan, room: Path) -> list[Window]:
    """One station: recorded, judged, and held against what was true. `room`: a folder to work in."""

    def told(share: float) -> None:
        if _shares is not None:
            _shares.put((plan.number, share))

    with tempfile.TemporaryDirectory(dir=room) as folder:
        answers, minutes = travel(plan, Path(folder), told)
    return [outcome(plan, case, minutes[case.facility], answers[case.facility]) for case in plan.cases]


def evaluate(plans: Sequence[Plan], files: Path | None, console: Console) -> Judged:
    """All stations, and the recordings in `files`. One that fails is named and leaves the others alone."""
    context = multiprocessing.get_context("spawn")
    shares: multiprocessing.Queue[tuple[int, float]] = context.Queue()
    found = Judged()
    with (
        tempfile.TemporaryDirectory(prefix="waystation-evaluation-") as room,
        ProcessPoolExecutor(os.cpu_count(), context, _begin, (shares,)) as pool,
    ):
        stations = {pool.submit(judge, plan, Path(room)): f"station {plan.number}" for plan in plans}
        real = {} if files is None else _submit_real(pool, files)
        try:
            _follow({**stations, **{future: name for future, (name, _) in real.items()}}, plans, shares, console)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.terminate()
            raise
        for station, name in stations.items():
            _collect(station, name, found.windows.extend, found.failures)
        for future, (name, take) in real.items():
            _collect(future, name, partial(take, found.real), found.failures)
    return found


Take = Callable[[Real, Any], None]


def _submit_real(pool: ProcessPoolExecutor, files: Path) -> "dict[Future[Any], tuple[str, Take]]":
    """Every recording that is in the folder."""
    tasks: dict[Future[Any], tuple[str, Take]] = {}
    if (files / coldstore.TEMPERATURES).is_file():
        tasks[pool.submit(coldstore.compared, files)] = ("cold store", lambda real, found: real.store.extend(found))
    for recorded in recordings.there(files):
        task = pool.submit(recordings.judged, recorded, files)
        tasks[task] = (recorded.source.name, lambda real, found: real.appliances.append(found))
    if (files / footfall.FILE).is_file():
        tasks[pool.submit(footfall.counted, files)] = ("door", lambda real, found: setattr(real, "door", found))
    return tasks


def _collect(future: "Future[T]", name: str, take: Callable[[T], None], failures: list[str]) -> None:
    problem = future.exception()
    if problem is None:
        take(future.result())
    else:
        failures.append(f"{name}: {type(problem).__name__}: {problem}")


def _follow(
    tasks: "dict[Future[Any], str]",
    plans: Sequence[Plan],
    shares: "multiprocessing.Queue[tuple[int, float]]",
    console: Console,
) -> None:
    """Wait for all, telling how far they are."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:3.0f} %"))
    done = dict.fromkeys((plan.number for plan in plans), 0.0)
    others = len(tasks) - len(plans)
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        bar = progress.add_task(f"{sum(len(plan.cases) for plan in plans)} windows", total=len(tasks))
        waiting: set[Future[Any]] = set(tasks)
        while waiting:
            _, waiting = wait(waiting, timeout=0.5)
            for number, share in _drained(shares):
                done[number] = share
            progress.update(bar, completed=sum(done.values()) + max(0, others - len(waiting)))


def _begin(shares: "multiprocessing.Queue[tuple[int, float]]") -> None:
    global _shares
    _shares = shares
    gc.set_threshold(100_000)  # a station makes millions of small things that live on
    os.nice(10)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches everybody; who started them ends them


def _drained(shares: "multiprocessing.Queue[tuple[int, float]]") -> Iterator[tuple[int, float]]:
    while True:
        try:
            yield shares.get_nowait()
        except Empty:
            return
