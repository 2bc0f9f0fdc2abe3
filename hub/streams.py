"""Live refresh: fragments of a page, sent again when they have changed (server-sent events)."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse
from sqlmodel import Session

Fragments = Callable[[Session, datetime], Mapping[str, str]]
"""Reads and renders: the HTML by the name of its place on the page."""


NOTICED_WITHIN_S = 0.25
"""How soon a stream notices that the server stops."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a stream looks, and how often in all: then the browser comes back, and is recognised anew."""

    every_s: float = 3.0
    rounds: int = 100
    rest: float = 20.0
    """A look that takes long is followed by a rest so many times as long: many who watch slow down, and nobody else."""


def stream(request: Request, fragments: Fragments) -> EventSourceResponse:
    """The stream of one page. It holds no database connection between two looks."""
    return EventSourceResponse(_events(request, fragments), headers={"X-Accel-Buffering": "no"})


def event(name: str, html: str) -> str:
    """One event as it goes over the wire."""
    lines = "".join(f"data: {line}\n" for line in html.splitlines())
    return f"event: {name}\n{lines}\n"


async def _events(request: Request, fragments: Fragments) -> AsyncIterator[str]:
    pace: Pace = request.app.state.pace
    closing: Event = request.app.state.closing
    sent: dict[str, str] = {}

    def look() -> Mapping[str, str]:
        with Session(request.app.state.engine) as session:
            return fragments(session, request.app.state.now())

    rest_s = 0.0
    for number in range(pace.rounds):
        if number and await _closing_within(closing, max(pace.every_s, rest_s)):
            return
        began = time.monotonic()
        fresh = await run_in_threadpool(look)
        rest_s = pace.rest * (time.monotonic() - began)
        for name, html in fresh.items():
            if sent.get(name) != html:
                sent[name] = html
                yield event(name, html)
        # A comment: where the browser has gone, writing it ends the stream.
        yield ":\n\n"


async def _closing_within(closing: Event, seconds: float) -> bool:
    """Wait so long, or until the server stops: whether it does."""
    left = seconds
    while left > 0 and not closing.is_set():
        await asyncio.sleep(min(left, NOTICED_WITHIN_S))
        left -= NOTICED_WITHIN_S
    return closing.is_set()
