"""`python -m tests.benchmarks`: figures, one row after the other, into build/bench/summary.json.

--quick            the ingest rows in under two minutes
--only NAME,...    these benchmarks, or those whose rows' names contain this
--list             what there is
--page             write what was measured into docs/performance.md, and measure nothing
"""

import argparse
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from types import FrameType
from typing import NoReturn

from tests.benchmarks import page
from tests.benchmarks.benchmark import Benchmark, benchmarks
from tests.benchmarks.rows import forget, record


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def _chosen(only: str, quick: bool) -> list[Benchmark]:
    """Raises SystemExit where a name means nothing."""
    found = benchmarks()
    if not only:
        return [one for one in found if one.quick or not quick]
    names = [name.strip() for name in only.split(",") if name.strip()]
    for name in names:
        if not any(one.called(name) for one in found):
            sys.exit(f"no benchmark is called {name!r}: {', '.join(one.name for one in found)}")
    return [one for one in found if any(one.called(name) for name in names)]


def _run(one: Benchmark, quick: bool, said: str) -> bool:
    """Whether it came to an end. Its processes and its folder are gone afterwards."""
    print(f"[{said}] {one.name}", flush=True)
    began = time.monotonic()
    forget(one.rows)
    try:
        with tempfile.TemporaryDirectory(prefix="waystation-bench-") as folder:
            for row in one.run(Path(folder), quick):
                record(row)
    except Exception:  # noqa: BLE001 — one that fails must not take the others' figures along
        traceback.print_exc()
        return False
    print(f"[{said}] {one.name}: {time.monotonic() - began:.0f} s", flush=True)
    return True


def main() -> int:
    """The command. 1: a benchmark did not come to an end; a goal that is not met is no error."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="the ingest rows in under two minutes")
    parser.add_argument("--only", default="", metavar="NAME,...", help="these, by name or by a part of a row's name")
    parser.add_argument("--list", action="store_true", help="what there is")
    parser.add_argument("--page", action="store_true", help="write the figures into docs/performance.md")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    chosen = _chosen(asked.only, asked.quick)
    if asked.list:
        for one in chosen:
            print(f"{one.name}: {', '.join(one.rows)}")
        return 0
    if asked.page:
        page.write()
        return 0
    ended = [_run(one, asked.quick, f"{number}/{len(chosen)}") for number, one in enumerate(chosen, start=1)]
    return 0 if all(ended) else 1


if __name__ == "__main__":
    sys.exit(main())
