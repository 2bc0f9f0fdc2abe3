"""What a benchmark is, and where they are found: every module of this folder with a constant `BENCHMARK`."""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.rows import Row

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One measurement, of one or more rows."""

    name: str
    """What `--only` calls it, beside the names of its rows."""
    rows: tuple[str, ...]
    """The names of the rows it gives: what an earlier run said of them is dropped before it runs."""
    run: Callable[[Path, bool], Iterable[Row]]
    """(an empty folder, whether a short run is wanted) → its rows, as they are known."""
    quick: bool = False
    """Whether `--quick` runs it, too."""

    def called(self, name: str) -> bool:
        """Whether `name` means this one, or a row of it."""
        return name == self.name or any(name in row for row in self.rows)


def benchmarks() -> list[Benchmark]:
    """All of them, by name."""
    modules = (module.name for module in pkgutil.iter_modules([str(HERE)]) if not module.ispkg)
    loaded = (
        importlib.import_module(f"tests.benchmarks.{name}") for name in modules if not name.startswith(("test_", "__"))
    )
    return sorted((module.BENCHMARK for module in loaded if hasattr(module, "BENCHMARK")), key=lambda one: one.name)
