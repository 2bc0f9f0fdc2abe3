"""Troubles that last are logged once, and once when they are over."""

import time
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Outages:
    """The troubles of one part of the agent. `log` is its structured logger."""

    log: Any
    _since: dict[str, float] = field(default_factory=dict)

    def begin(self, event: str, **facts: object) -> None:
        """It is so; said only where it was not so before."""
        if event not in self._since:
            self._since[event] = time.monotonic()
            self.log.warning(event, **facts)

    def end(self, event: str, words: str) -> bool:
        """It is so no longer; said only where it was. Returns whether it was."""
        since = self._since.pop(event, None)
        if since is not None:
            self.log.info(words, after_s=round(time.monotonic() - since))
        return since is not None
