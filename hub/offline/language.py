"""The app speaks the language of its page, which may be another than the one its person has chosen for the hub."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from fastapi import Request

from hub.pages import Visitor, visitor_of
from shared.text import Language


@contextmanager
def speaking(request: Request, visitor: Visitor) -> Iterator[None]:
    """Within it pages are made as for this visitor."""
    before = visitor_of(request)
    request.state.visitor = visitor
    try:
        yield
    finally:
        request.state.visitor = before


def asker_in(request: Request, language: Language | None) -> Visitor:
    """Who asks, in the language asked for; None: in their own."""
    asker = visitor_of(request)
    return asker if language is None else replace(asker, language=language)
