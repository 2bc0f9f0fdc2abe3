"""Turns a template and what the hub knows into a page, in the language of who asks. Only it makes HTML."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hub import formats
from hub.translations import gettext_for, ngettext_for
from shared.states import CAUSE_LABELS, STATE_LABELS, STATE_SHAPES, State
from shared.text import LANGUAGES, Language, Text

FOLDER = Path(__file__).parent
LANGUAGE_COOKIE = "waystation_language"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, as far as a page must know."""

    name: str | None
    """None: nobody is signed in."""
    role: str | None
    language: Language
    csrf: str
    """What every form must send back in its field `csrf`."""


def visitor_of(request: Request) -> Visitor:
    """Who asks; a stranger where nobody was recognised (yet), as on the page of an unknown address."""
    known = getattr(request.state, "visitor", None)
    if isinstance(known, Visitor):
        return known
    return Visitor(name=None, role=None, language=cookie_language(request), csrf="")


def cookie_language(request: Request) -> Language:
    """The language this browser chose last; Chinese first."""
    return "en" if request.cookies.get(LANGUAGE_COOKIE) == "en" else "zh"


def wants_json(request: Request) -> bool:
    """Programs get JSON: everything under /api, and whoever asks for it by name and not for HTML."""
    accept = request.headers.get("accept", "")
    return request.url.path.startswith("/api/") or ("application/json" in accept and "text/html" not in accept)


def render(request: Request, template: str, status_code: int = 200, **context: object) -> HTMLResponse:
    """The page. Templates always have `visitor`, `csrf`, `now`, `path`, `_`, `say` and filters."""
    return HTMLResponse(fragment(request, template, **context), status_code=status_code)


def fragment(request: Request, template: str, **context: object) -> str:
    """A piece of a page, as text: what live refresh sends."""
    visitor = visitor_of(request)
    now: Callable[[], datetime] = request.app.state.now
    shown = ENVIRONMENTS[visitor.language].get_template(template)
    always: dict[str, object] = {
        "visitor": visitor,
        "csrf": visitor.csrf,
        "now": now(),
        "path": request.url.path,
    }
    return shown.render(always | context)


def static_url(name: str) -> str:
    """The address of a static file; it changes with the content, so browsers may keep it for a year."""
    version = sha256((FOLDER / "static" / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={version}"


def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    # newstyle: placeholders are named, and their values are escaped. A literal percent sign is written %%.
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        gettext_for(language), ngettext_for(language), newstyle=True
    )
    static_urls: dict[str, str] = {}

    def say(text: Text | None) -> str:
        return "" if text is None else text.say(language)

    def static(name: str) -> str:
        return static_urls.setdefault(name, static_url(name))

    environment.globals.update(
        language=language, say=say, static=static, STATES=State, STATE_LABELS=STATE_LABELS,
        STATE_SHAPES=STATE_SHAPES, CAUSE_LABELS=CAUSE_LABELS, number=formats.number,
    )  # fmt: skip
    for name in ("moment", "age", "day", "span", "quantity_label", "weekday"):
        environment.filters[name] = partial(getattr(formats, name), language=language)
    environment.filters["say"] = say
    environment.filters["iso"] = formats.iso
    environment.filters["clock"] = formats.clock
    environment.filters["field"] = formats.field
    environment.filters["number"] = formats.number
    environment.filters["measured"] = formats.measured
    environment.globals["ago"] = partial(formats.ago, language=language)
    return environment


ENVIRONMENTS: dict[Language, Environment] = {language: _environment(language) for language in LANGUAGES}
