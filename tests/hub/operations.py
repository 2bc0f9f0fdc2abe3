"""What the OpenAPI document says can be done, each with the action its route needs: the list the tests go over."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from hub.accounts.actions import Action
from hub.app import create_app
from hub.settings import HubSettings
from hub.signed_in import Needs

STREAM = "text/event-stream"


APP = create_app(HubSettings(folder=Path("/nowhere"), database_url="sqlite://"))
"""Only described, never asked: writing the document takes longer than any test with it."""


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    method: str
    path: str
    actions: frozenset[Action]
    """What its route's dependencies need, all of them. Empty: nothing."""
    parameters: tuple[str, ...]
    """In the path."""
    path_schemas: dict[str, Any]
    query: dict[str, Any]
    """Schema by name."""
    body: dict[str, Any] | None
    """Schema of the form or JSON. None: there is none."""
    media: str
    """Of the body; empty: there is none."""
    streams: bool
    """Whether it answers with server-sent events."""

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def is_read(self) -> bool:
        return self.method in ("GET", "HEAD")


def operations() -> list[Operation]:
    """All of the document, in its order."""
    document = APP.openapi()
    needs = {(method, path): found for method, path, found in _needs(APP)}
    return [
        _operation(document, method.upper(), path, said, needs[method.upper(), path])
        for path, methods in document["paths"].items()
        for method, said in methods.items()
    ]


def undocumented() -> set[str]:
    """Addresses the application answers and its document does not name."""
    paths = APP.openapi()["paths"]
    every = {(context.path_format or context.path or "") for context in iter_route_contexts(APP.routes)}
    return {path for path in every if path not in paths}


def resolve(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with what it refers to in its place."""
    while "$ref" in schema:
        schema = APP.openapi()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _needs(app: FastAPI) -> Iterator[tuple[str, str, frozenset[Action]]]:
    for context in iter_route_contexts(app.routes):
        dependant = getattr(context, "dependant", None)
        if dependant is not None:
            for method in context.methods or ():
                yield method, context.path_format or "", frozenset(_actions(dependant))


def _actions(dependant: Dependant) -> Iterator[Action]:
    if isinstance(dependant.call, Needs):
        yield dependant.call.action
    for inner in dependant.dependencies:
        yield from _actions(inner)


def _operation(
    document: dict[str, Any], method: str, path: str, said: dict[str, Any], actions: frozenset[Action]
) -> Operation:
    told = said.get("parameters", [])
    content = said.get("requestBody", {}).get("content", {})
    media = next(iter(content), "")
    answers = said["responses"].get("200", {}).get("content", {})
    return Operation(
        method=method, path=path, actions=actions,
        parameters=tuple(one["name"] for one in told if one["in"] == "path"),
        path_schemas={one["name"]: one["schema"] for one in told if one["in"] == "path"},
        query={one["name"]: one["schema"] for one in told if one["in"] == "query"},
        body=content[media].get("schema") if media else None, media=media, streams=STREAM in answers,
    )  # fmt: skip
