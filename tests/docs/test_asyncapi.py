"""docs/asyncapi.json is what the models are, and an AsyncAPI 3.0 document.

The shape below is that of the specification (asyncapi.com, 3.0.0) for the objects the document uses: whatever it does
not name is refused. No package carries the specification's own schema.
"""

import json
import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import pytest
from msgspec import convert
from pydantic import AnyUrl, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from hub.broker import may_publish, may_read
from shared import topics
from shared.shapes import Shape
from tests.docs.asyncapi import DOCUMENT, MESSAGES, text

WRITTEN: dict[str, Any] = json.loads(DOCUMENT.read_text())
Key = Annotated[str, Field(pattern=r"^[a-zA-Z0-9.\-_]+$")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)


class Ref(Strict):
    ref: str = Field(alias="$ref", pattern=r"^#/")


class License(Strict):
    name: str
    url: AnyUrl


class Info(Strict):
    title: str
    version: str
    description: str
    license: License


class ServerMqtt(Strict):
    clean_session: bool
    binding_version: Literal["0.2.0"]


class ServerBindings(Strict):
    mqtt: ServerMqtt


class Server(Strict):
    host: str = Field(pattern=r"^[^/{}]+:[0-9]+$")
    protocol: Literal["mqtt", "mqtts"]
    protocol_version: str
    description: str
    security: list[Ref]
    bindings: ServerBindings


class Parameter(Strict):
    description: str
    examples: list[str]


class Channel(Strict):
    address: str
    description: str
    messages: dict[Key, Ref]
    parameters: dict[Key, Parameter] = {}


class OperationMqtt(Strict):
    qos: Literal[0, 1, 2]
    retain: bool
    binding_version: Literal["0.2.0"]


class OperationBindings(Strict):
    mqtt: OperationMqtt


class Operation(Strict):
    action: Literal["send", "receive"]
    channel: Ref
    messages: list[Ref] = Field(min_length=1)
    bindings: OperationBindings


class Example(Strict):
    payload: dict[str, Any]


class Message(Strict):
    name: str
    title: str
    summary: str
    content_type: Literal["application/json"]
    payload: Ref
    examples: list[Example] = Field(min_length=1)


class SecurityScheme(Strict):
    type: Literal["userPassword"]
    description: str


class Components(Strict):
    messages: dict[Key, Message]
    schemas: dict[Key, dict[str, Any]]
    security_schemes: dict[Key, SecurityScheme]


class AsyncApi(Strict):
    asyncapi: Literal["3.0.0"]
    id: str = Field(pattern=r"^urn:[a-z0-9]+:")
    info: Info
    default_content_type: Literal["application/json"]
    servers: dict[Key, Server]
    channels: dict[Key, Channel]
    operations: dict[Key, Operation]
    components: Components


@pytest.fixture(scope="module")
def api() -> AsyncApi:
    return AsyncApi.model_validate(WRITTEN)


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for one in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(one)


def resolved(pointer: str) -> Any:
    """What a reference points to, through references (a message of a channel is one itself). Raises KeyError."""
    found: Any = WRITTEN
    for part in pointer.removeprefix("#/").split("/"):
        found = found[part]
    return resolved(found["$ref"]) if isinstance(found, dict) and set(found) == {"$ref"} else found


def test_the_file_is_what_the_models_are() -> None:
    assert DOCUMENT.read_text() == text(), "run .venv/bin/python -m tests.docs.asyncapi"


def test_every_reference_leads_somewhere(api: AsyncApi) -> None:
    pointers = [node["$ref"] for node in nodes(WRITTEN) if isinstance(node.get("$ref"), str)]
    assert len(pointers) > 50
    for pointer in pointers:
        assert resolved(pointer)
    assert all("$defs" not in node for node in nodes(WRITTEN))


def test_an_operation_uses_messages_of_its_own_channel(api: AsyncApi) -> None:
    used = set()
    for operation in api.operations.values():
        channel = operation.channel.ref.removeprefix("#/channels/")
        used.add(channel)
        for message in operation.messages:
            assert message.ref.rpartition("/")[0] == f"#/channels/{channel}/messages"
    assert used == api.channels.keys()


def test_parameters_are_those_of_the_address(api: AsyncApi) -> None:
    for channel in api.channels.values():
        assert set(re.findall(r"{(\w+)}", channel.address)) == channel.parameters.keys()


def test_discriminators_and_schemas_are_those_of_asyncapi(api: AsyncApi) -> None:
    told = [node["discriminator"] for node in nodes(api.components.schemas) if "discriminator" in node]
    assert told == ["type"]
    kinds = {"object", "array", "string", "number", "integer", "boolean", "null"}
    assert {node["type"] for node in nodes(api.components.schemas) if isinstance(node.get("type"), str)} <= kinds


@pytest.mark.parametrize("name", MESSAGES)
def test_an_example_is_read_by_its_model(name: str, api: AsyncApi) -> None:
    model, _ = MESSAGES[name]
    for example in api.components.messages[name].examples:
        if issubclass(model, Shape):
            convert(example.payload, model)
        else:
            model.model_validate(example.payload)
    assert resolved(api.components.messages[name].payload.ref)["title"] == model.__name__


def test_what_stations_say_and_read_is_what_the_broker_allows(api: AsyncApi) -> None:
    by_action: dict[str, set[str]] = {"receive": set(), "send": set()}
    for operation in api.operations.values():
        channel = api.channels[operation.channel.ref.removeprefix("#/channels/")]
        by_action[operation.action].add(channel.address.format(station="x", facility="+"))
    assert by_action["receive"] == set(may_publish("x"))
    assert by_action["send"] == set(may_read("x")) - {topics.state("x")}
