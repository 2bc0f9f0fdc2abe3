"""Every MQTT topic, in one place (design.md §3)."""

ROOT = "waystation/1"
HUB_STATE = f"{ROOT}/hub/state"
SUBSCRIBE_NOW = f"{ROOT}/+/up/now"
SUBSCRIBE_LATER = f"{ROOT}/+/up/later"
SUBSCRIBE_STATE = f"{ROOT}/+/state"
SHARED = "$share/waystation/"
"""Before a subscription that several ingest processes share: each message goes to one of them (Mosquitto, EMQX)."""


def up_now(station: str) -> str:
    """Spells, proofs, people's words, the current minute."""
    return f"{ROOT}/{station}/up/now"


def up_later(station: str) -> str:
    """The backlog."""
    return f"{ROOT}/{station}/up/later"


def state(station: str) -> str:
    """Birth and last will, retained."""
    return f"{ROOT}/{station}/state"


def live(station: str, facility: str) -> str:
    """What a facility is right now, retained."""
    return f"{ROOT}/{station}/live/{facility}"


def ack(station: str) -> str:
    """What the hub has committed."""
    return f"{ROOT}/{station}/ack"


def settings(station: str) -> str:
    """What the hub tells the station, retained."""
    return f"{ROOT}/{station}/settings"


def station_of(topic: str) -> str:
    """The station a topic belongs to. Raises ValueError for a topic that is not one of ours."""
    parts = topic.split("/")
    if len(parts) < 4 or "/".join(parts[:2]) != ROOT:
        raise ValueError(f"{topic!r} is not a station's topic")
    return parts[2]
