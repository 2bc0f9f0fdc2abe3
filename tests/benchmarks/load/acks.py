"""Whether the hub's word for an envelope is what it must be. Pure."""

import json
from dataclasses import dataclass

from tests.benchmarks.load.told import Said


@dataclass(frozen=True, slots=True)
class Word:
    """What an acknowledgement says."""

    envelope: str
    committed: tuple[str, ...]
    quarantined: tuple[str, ...]
    wait_s: float


def read(payload: bytes) -> Word:
    """Raises ValueError and KeyError for what is no acknowledgement."""
    parts = json.loads(payload)
    return Word(parts["envelope"], tuple(parts["committed"]), tuple(parts["quarantined"]), parts["wait_s"])


def fault(word: Word, said: Said) -> str | None:
    """What is wrong with it: every record that was put must be committed, once, and nothing else. None: nothing is."""
    if word.envelope != said.id:
        return f"an acknowledgement of {word.envelope} where {said.id} is under way"
    if word.committed == said.records and not word.quarantined:
        return None
    if word.quarantined:
        return f"{len(word.quarantined)} of {len(said.records)} records in quarantine, {word.quarantined[0]} first"
    if sorted(word.committed) == sorted(said.records):
        return None
    missing = set(said.records) - set(word.committed)
    return (
        f"{len(word.committed)} committed of {len(said.records)} put, {len(missing)} missing, others twice or never put"
    )
