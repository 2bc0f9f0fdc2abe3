"""What a live station remembers: one story a folder, whoever begins it."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from simulators.scenario import Turn, load
from simulators.story_file import NAME, by_hand, keep, resume

ORIGIN = 1_760_000_000.0


def _origin(begun: tuple[Path, int]) -> float:
    folder, number = begun
    return resume(folder, load("healthy"), ORIGIN + number, None).origin


def test_programs_that_begin_at_once_live_in_one_story(tmp_path: Path) -> None:
    folders = [tmp_path / f"{number}" for number in range(20)]
    with ProcessPoolExecutor(4, multiprocessing.get_context("spawn")) as several:
        for folder in folders:
            assert len(set(several.map(_origin, [(folder, number) for number in range(4)]))) == 1
            assert [path.name for path in folder.iterdir()] == [NAME]


def test_what_was_broken_by_hand_is_still_known_at_the_next_start(tmp_path: Path) -> None:
    begun = resume(tmp_path, load("healthy"), ORIGIN, "7")
    turns = [Turn(ORIGIN + 60, "fridge-1", "dead", None)]
    keep(tmp_path, begun, turns)
    assert by_hand(tmp_path) == turns
    assert resume(tmp_path, load("healthy"), ORIGIN + 5, None).origin == ORIGIN
