"""What an outbox was asked to keep, and what it said it had kept: a log of its own, on disk before the next word.

A process may be killed between the two words: what was asked for and not answered may be there or not.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from shared.records import FACTS, Fact


@dataclass(slots=True)
class Seen:
    """All a station's witnesses say."""

    asked: dict[str, Fact] = field(default_factory=dict)
    """By record id."""
    kept: set[str] = field(default_factory=set)
    """Those of which the outbox said that it has them."""
    undated: set[str] = field(default_factory=set)
    """Those said while the clock was known to be wrong."""

    def of(self, type_: str, kept: bool = True) -> dict[str, Fact]:
        """Those of one type, kept or at least asked for."""
        return {id_: fact for id_, fact in self.asked.items() if fact.type == type_ and (not kept or id_ in self.kept)}


class Witness:
    """Writes one log."""

    def __init__(self, path: Path) -> None:
        self._log = path.open("ab")
        self._log.write(b"\n")  # after a last line that a kill cut off

    def ask(self, id_: str, number: int, fact: Fact, undated: bool) -> None:
        """The outbox is about to be asked."""
        said = {"ask": id_, "number": number, "undated": undated, "fact": json.loads(FACTS.dump_json(fact))}
        self._write(said)

    def kept(self, ids: list[str]) -> None:
        """It has these."""
        self._write({"kept": ids})

    def _write(self, said: object) -> None:
        self._log.write(json.dumps(said).encode() + b"\n")
        self._log.flush()
        os.fdatasync(self._log.fileno())


def lines(path: Path) -> Iterator[dict[str, object]]:
    """A log as far as it is whole: a kill may cut off its last line."""
    if path.exists():
        for line in path.read_bytes().split(b"\n"):
            try:
                yield json.loads(line)
            except ValueError:
                continue


def last_number(path: Path) -> int:
    """The number of the last thing asked for. -1: nothing was."""
    return max((int(str(line["number"])) for line in lines(path) if "ask" in line), default=-1)


def seen(folder: Path) -> Seen:
    """What all witnesses of a station's folder say."""
    found = Seen()
    for path in sorted(folder.glob("*.witness")):
        for line in lines(path):
            if "ask" in line:
                id_ = str(line["ask"])
                found.asked[id_] = FACTS.validate_python(line["fact"])
                if line["undated"]:
                    found.undated.add(id_)
            else:
                ids = line["kept"]
                assert isinstance(ids, list)
                found.kept.update(str(id_) for id_ in ids)
    return found
