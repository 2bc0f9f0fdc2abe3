"""Bytes the hub could not read: how they are kept, and how they are made an envelope again after an upgrade. Pure."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from shared import topics

Row = dict[str, Any]
LONGEST_WHY = 500


def kept_envelope(topic: str, payload: bytes, why: str, now: datetime) -> Row:
    """A whole message."""
    return _kept(topic, payload, "envelope", why, now)


def kept_record(station: str, topic: str, raw: bytes, why: str, now: datetime) -> Row:
    """One record out of an envelope."""
    return {**_kept(topic, raw, "record", why, now), "station": station}


def rough_ids(payload: bytes) -> tuple[str, list[str]] | None:
    """The names an envelope that does not hold gives itself and its records, so that they need not come again.

    None: not even that can be made out.
    """
    try:
        parts = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    if not isinstance(parts, dict) or not _is_name(parts.get("id")):
        return None
    records = parts.get("records")
    named = [raw.get("id") for raw in records if isinstance(raw, dict)] if isinstance(records, list) else []
    return str(parts["id"]), [str(name) for name in named if _is_name(name)]


def envelope_again(station: str, part: str, payload: bytes, now: datetime) -> bytes:
    """What to take in again: the message as it was, or an envelope around one record.

    Raises ValueError for a record that was cut off.
    """
    if part == "envelope":
        return payload
    head = {
        "id": sha256(payload).hexdigest()[:32],
        "station": station,
        "boot": "quarantine",
        "connection": 0,
        "clock": "plausible",
        "sent_at": now.isoformat(),
    }
    return json.dumps({**head, "records": [json.loads(payload)]}).encode()


def _kept(topic: str, payload: bytes, part: str, why: str, now: datetime) -> Row:
    return {
        "id": sha256(topic.encode() + b"\0" + payload).hexdigest()[:32],
        "station": _station(topic),
        "topic": topic,
        "part": part,
        "payload": payload,
        "why": why[:LONGEST_WHY],
        "at": now,
    }


def _station(topic: str) -> str:
    try:
        return topics.station_of(topic)
    except ValueError:
        return ""


def _is_name(found: object) -> bool:
    return isinstance(found, str) and 0 < len(found) <= 64 and found.isprintable()
