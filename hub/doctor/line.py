"""The doctor listens along at the broker, as the hub's own user beside ingest: nothing is taken from it."""

import json
import secrets
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from hub.brokers import broker_address
from hub.doctor.facts import Broker, Overheard
from hub.errors import BadSettings
from hub.mqtt import Connection
from hub.settings import HubSettings
from shared import topics
from shared.envelope import EnvelopeHead

PATIENCE_S = 5.0
STEP_S = 0.05
MANY = 2000


def listen_along(settings: HubSettings, seconds: float, now: Callable[[], datetime]) -> Broker:
    """Connect, subscribe, and hear what comes for so long."""
    try:
        address = broker_address(settings)
    except BadSettings as error:
        return Broker("the broker", str(error))
    where = f"{'mqtts' if address.tls else 'mqtt'}://{address.host}:{address.port}"
    subscriptions = [topics.SUBSCRIBE_NOW, topics.SUBSCRIBE_LATER]
    try:
        line = Connection(address, f"hub-doctor-{secrets.token_hex(8)}", now, subscriptions)
        line.start()
    except (OSError, ValueError) as error:
        return Broker(where, str(error))
    try:
        if not _within(PATIENCE_S, lambda: line.listening):
            return Broker(where, "it cannot be reached, or does not let the hub's user in, or lets it read nothing")
        return Broker(where, heard=_heard(line, seconds))
    finally:
        line.stop()


def _heard(line: Connection, seconds: float) -> Overheard:
    ahead: dict[str, float] = {}
    envelopes = unreadable = 0
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        batch = line.take(MANY)
        line.acknowledge(batch)
        for arrived in batch:
            envelopes += 1
            try:
                parts = json.loads(arrived.payload)
                # Records are not the doctor's concern, and would cost most of the time.
                head = EnvelopeHead.model_validate({key: parts[key] for key in parts if key != "records"})
                ahead[topics.station_of(arrived.topic)] = (head.sent_at - arrived.at).total_seconds()
            except (ValueError, TypeError, RecursionError):
                unreadable += 1
    return Overheard(time.monotonic() - began, envelopes, unreadable, ahead)


def _within(seconds: float, holds: Callable[[], Any]) -> bool:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(STEP_S)
    return True
