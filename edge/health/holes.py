"""A channel of one facility falls silent, is doubted, or is heard again: what that does to its rules and its sense."""

from edge.health.channel import Channel
from edge.health.decision import Judged


def lost(judged: Judged, channel: Channel, last: float) -> None:
    """It has been silent since `last`."""
    channel.silent = True
    judged.sight.look()
    judged.latches.interrupt(channel.bit, last)


def found(judged: Judged, channel: Channel, at: float) -> None:
    """It speaks again after a hole."""
    channel.silent = False
    judged.sight.doubted = None
    judged.sight.look()
    judged.sight.due = 0.0
    judged.sense.hole(channel.name)
    judged.latches.resume(channel.bit, at)


def doubted(judged: Judged, channel: Channel, at: float) -> None:
    """Its sensor was found at fault, or is believed again."""
    judged.sight.look()
    if channel.fault is not None:
        judged.latches.interrupt(channel.bit, at)
        judged.latches.disbelieve(channel.bit, channel.fault_since)
    else:
        judged.sense.hole(channel.name)
        judged.latches.resume(channel.bit, at)
