"""What changed, for the trail: only the fields that are others now. Pure."""

import json
from collections.abc import Mapping
from typing import Any


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, str] | None:
    """Old and new of what differs, as JSON. None: nothing does."""
    names = [name for name in after if before.get(name) != after[name]]
    if not names:
        return None
    return spelled({name: before.get(name) for name in names}), spelled({name: after[name] for name in names})


def spelled(values: Mapping[str, Any]) -> str:
    """Readable, and the same for the same values."""
    return json.dumps(values, ensure_ascii=False, default=str, sort_keys=True)
