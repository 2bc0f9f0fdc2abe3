"""An honest naive subscriber, as the field writes it: paho, and a session and a commit for every message.

It validates each envelope, stores the same facts as one row each, and acknowledges after the commit. SQLite as the hub
has it: WAL, synchronous NORMAL. A process; broker, password and database come in as one line of JSON.
"""

import json
import signal
import sys
from contextlib import suppress
from datetime import UTC, datetime
from types import FrameType

from paho.mqtt.client import Client, ConnectFlags, MQTTMessage, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel

from hub.database import engine_for
from shared import topics
from shared.envelope import Ack, Envelope
from shared.records import Minute, Quarter


class FacilityMinute(SQLModel, table=True):
    """The state of one facility in one minute."""

    __tablename__ = "facility_minute"

    station: str = Field(primary_key=True)
    facility: str = Field(primary_key=True)
    minute: datetime = Field(primary_key=True)
    state: str


class QuantityQuarter(SQLModel, table=True):
    """One quantity of one facility over a quarter-hour."""

    __tablename__ = "quantity_quarter"

    station: str = Field(primary_key=True)
    facility: str = Field(primary_key=True)
    quantity: str = Field(primary_key=True)
    start: datetime = Field(primary_key=True)
    n: int
    low: float
    mean: float
    high: float


def rows(envelope: Envelope) -> list[SQLModel]:
    """One a fact."""
    found: list[SQLModel] = []
    for record in envelope.records:
        match record.fact:
            case Minute(minute=minute, states=states):
                found += [
                    FacilityMinute(station=envelope.station, facility=facility, minute=minute, state=state)
                    for facility, state in states.items()
                ]
            case Quarter(start=start, figures=figures):
                found += [
                    QuantityQuarter(station=envelope.station, start=start, **figure.model_dump()) for figure in figures
                ]
    return found


def take_in(engine: Engine, client: Client, message: MQTTMessage) -> None:
    """One message, one session, one commit, one acknowledgement."""
    envelope = Envelope.model_validate_json(message.payload)
    with Session(engine) as session:
        session.add_all(rows(envelope))
        # What came before is there already: adding and catching costs less than asking first.
        with suppress(IntegrityError):
            session.commit()
    committed = [record.id for record in envelope.records]
    ack = Ack(envelope=envelope.id, committed=committed, time=datetime.now(UTC))
    client.publish(topics.ack(envelope.station), ack.model_dump_json(), 0)


def _subscribe(
    client: Client, _data: object, _flags: ConnectFlags, reason: ReasonCode, _props: Properties | None
) -> None:
    if reason.is_failure:
        sys.exit(f"the broker refuses: {reason}")
    client.subscribe([(topics.SUBSCRIBE_NOW, 1), (topics.SUBSCRIBE_LATER, 1)])


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def main() -> None:
    """Until told to stop."""
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    told = json.loads(sys.stdin.readline())
    engine = engine_for(told["database"])
    SQLModel.metadata.create_all(engine)
    client = Client(CallbackAPIVersion.VERSION2, "naive", True, None, MQTTv311)
    client.username_pw_set(told["user"], told["password"])
    client.on_connect = _subscribe
    client.on_subscribe = lambda *_: print("listening", flush=True)
    client.on_message = lambda client, _data, message: take_in(engine, client, message)
    client.connect("127.0.0.1", told["port"])
    client.loop_forever()


if __name__ == "__main__":
    main()
