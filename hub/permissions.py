"""Who may say and read what on any broker (design.md §3): every broker's own file is written from these lists."""

from shared import topics

HUB_USER = "waystation-hub"
"""The hub's name on a broker whose users the hub itself writes."""


READER = "homeassistant"
"""Home Assistant's name on such a broker, where the settings ask for it."""


def may_publish(station: str) -> list[str]:
    """The topics a station may publish; nothing else."""
    return [topics.up_now(station), topics.up_later(station), topics.state(station), topics.live(station, "+")]


def may_read(station: str) -> list[str]:
    """The topics a station may read; nothing else."""
    return [topics.ack(station), topics.settings(station), topics.state(station), topics.HUB_STATE]


def hub_publishes(discovery: str) -> list[str]:
    """The topics the hub publishes. `discovery`: the prefix under which Home Assistant is told of stations."""
    return [topics.ack("+"), topics.settings("+"), topics.HUB_STATE, f"{discovery}/device/+/config"]


def hub_reads() -> list[str]:
    """The topics the hub reads."""
    return [topics.SUBSCRIBE_NOW, topics.SUBSCRIBE_LATER, topics.SUBSCRIBE_STATE]


def hub_glances() -> list[str]:
    """The topics the hub looks at when a page asks."""
    return [topics.live("+", "+")]


def reader_publishes(discovery: str) -> list[str]:
    """The topics Home Assistant publishes: that it is there."""
    return [f"{discovery}/status"]


def reader_reads(discovery: str) -> list[str]:
    """The topics Home Assistant reads: what it is told of stations, and what is live."""
    return [discovery, f"{discovery}/#", topics.state("+"), topics.live("+", "+")]
