"""The app without anything in it: page, manifest, worker, files. Public, because nothing of anybody is in them."""

import json
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse, Response

from hub.errors import HubError
from hub.inspections.signing import SIGNERS
from hub.inspections.workflow import LOOKS, REASONS
from hub.offline import files
from hub.offline.language import speaking
from hub.pages import Visitor, fragment, static_url, visitor_of
from hub.photos.picture import LARGEST_BYTES
from hub.refusals import MESSAGES
from shared.text import LANGUAGES, Language, Text

router = APIRouter(tags=["offline"])
SCOPE = "/inspections/app"
KEPT = "public, max-age=31536000, immutable"
NAME = Text("驿站检查", "Waystation inspections")
STYLES = ("waystation.css", "inspections.css", "icon.svg")
"""What the app shares with the hub's other pages."""


@router.get(SCOPE)
def app_page(request: Request, language: Language | None = None) -> Response:
    """The app, in the asked language, else the asker's. It holds nobody's name and no token: a browser may keep it."""
    return Response(_page(request, language or visitor_of(request).language), media_type="text/html; charset=utf-8")


@router.get(f"{SCOPE}/manifest.webmanifest")
def manifest(language: Language = "zh") -> Response:
    """What a phone needs to put the app among its own."""
    icons: list[dict[str, str]] = [
        {"src": files.address(f"icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    icons.append({"src": static_url("icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"})
    said = {
        "id": SCOPE, "name": NAME.say(language), "short_name": NAME.say(language), "lang": language,
        "start_url": f"{SCOPE}?language={language}", "scope": SCOPE, "display": "standalone",
        "background_color": "#f5f4f0", "theme_color": "#0b6b62", "icons": icons,
    }  # fmt: skip
    return JSONResponse(said, media_type="application/manifest+json")


@router.get(f"{SCOPE}/worker.js")
def worker(request: Request) -> Response:
    """The service worker, with the list of what it keeps: another byte anywhere is another worker, which loads all."""
    pages = {language: _page(request, language) for language in LANGUAGES}
    kept = [*files.loaded(), *(static_url(name) for name in STYLES)]
    digest = sha256("".join([*pages.values(), *kept]).encode()).hexdigest()[:16]
    told = {"edition": digest, "page": SCOPE, "languages": list(LANGUAGES), "files": kept}
    body = f"const APP = {json.dumps(told)};\n".encode() + files.contents()[files.WORKER]
    headers = {"Service-Worker-Allowed": SCOPE, "Cache-Control": "no-cache"}
    return Response(body, media_type=files.MEDIA_TYPES[".js"], headers=headers)


@router.get(f"{SCOPE}/{{edition}}/{{name}}")
def app_file(
    edition: Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")], name: Annotated[str, Path(pattern=r"^[a-z0-9_.-]{1,60}$")]
) -> Response:
    """One file of the running edition. Raises HubError 404 for any other: editions are never mixed."""
    content = files.contents().get(name)
    if content is None or edition != files.edition():
        raise HubError(404, MESSAGES[404])
    media_type = files.MEDIA_TYPES[name[name.rindex(".") :]]
    return Response(content, media_type=media_type, headers={"Cache-Control": KEPT})


def _page(request: Request, language: Language) -> str:
    words: dict[str, Any] = {
        "LOOKS": LOOKS, "REASONS": REASONS, "SIGNERS": SIGNERS, "NAME": NAME, "address": files.address,
    }  # fmt: skip
    # A stranger's: whose browser keeps it does not matter.
    with speaking(request, Visitor(name=None, role=None, language=language, csrf="")):
        return fragment(request, "offline/app.html", scope=SCOPE, largest_photo=LARGEST_BYTES, **words)
