"""What a live station must remember from one start to the next: its origin, its seed, what was broken by hand."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from simulators.scenario import Scenario, Story, Turn, story

NAME = "story.json"


class WrongStory(Exception):
    """The run folder belongs to another scenario, or its file cannot be read."""


def resume(folder: Path, scenario: Scenario, origin: float, seed: str | None) -> Story:
    """The story this folder began, or one that begins at `origin`. Raises WrongStory."""
    path = folder / NAME
    if not path.is_file():
        begun = story(scenario, origin, seed)
        fresh = _written(folder, begun, [])
        try:
            # Of two programs that begin at once one is first, and the other goes on with its story.
            path.hardlink_to(fresh)
            return begun
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    try:
        told = json.loads(path.read_text("utf-8"))
        turns = [_turn(*row) for row in told["turns"]]
        begun = story(scenario, float(told["origin"]), str(told["seed"]), turns)
    except (ValueError, KeyError, TypeError) as problem:
        raise WrongStory(f"{path} cannot be read: {problem}") from problem
    if told.get("scenario") != scenario.name:
        raise WrongStory(f"{folder} belongs to the scenario {told.get('scenario')!r}, not {scenario.name!r}")
    if seed is not None and seed != begun.seed:
        raise WrongStory(f"{folder} began with the seed {begun.seed!r}, not {seed!r}")
    return begun


def keep(folder: Path, begun: Story, by_hand: Sequence[Turn]) -> None:
    """Write the file anew, atomically."""
    _written(folder, begun, by_hand).replace(folder / NAME)


def _written(folder: Path, begun: Story, by_hand: Sequence[Turn]) -> Path:
    """The file under a name of this process."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {
        "scenario": begun.scenario.name,
        "origin": begun.origin,
        "seed": begun.seed,
        "turns": [[turn.at, turn.facility, turn.how, turn.size] for turn in by_hand],
    }
    fresh = folder / f".{NAME}.{os.getpid()}"
    fresh.write_text(json.dumps(told, indent=1), "utf-8")
    return fresh


def by_hand(folder: Path) -> list[Turn]:
    """What was broken and repaired by hand so far."""
    told = json.loads((folder / NAME).read_text("utf-8"))
    return [_turn(*row) for row in told["turns"]]


def _turn(at: float, facility: str, how: str | None, size: float | None = None) -> Turn:
    """One row of the file; a fault without a size is of its typical one."""
    return Turn(float(at), str(facility), how, size)
