"""The poster of a station: a page to print, and the same as PDF (SH-12, SH-27, AH-20)."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from hub.errors import HubError
from hub.exports import asked_pdf, pdf
from hub.exports.sent import attached
from hub.formats import local
from hub.pages import render
from hub.poster import content, qr
from hub.poster.content import Poster
from hub.poster.typeset import MAIN, data_of, foot
from hub.sessions import NowDep
from hub.settings import HubSettings
from hub.signed_in import SignedIn
from hub.stations.hotline import hotline_of
from hub.stations.routes import VisibleStation
from hub.stations.tables import Station
from shared.opening import Opening
from shared.text import Text

router = APIRouter()
NO_ADDRESS = Text(
    "还没有设置手机访问中心的网址，二维码会打不开：请管理员在 hub.toml 设置 public_url。",
    "Where phones reach the hub is not set, so the code would lead nowhere: set public_url in hub.toml.",
)


@router.get("/stations/{station}/poster")
def poster_page(request: Request, _user: SignedIn, now: NowDep, station: VisibleStation) -> HTMLResponse:
    """To be printed on A4; without an address for phones it says what to set and prints no dead code."""
    made = _poster(request, station, now)
    code, lines = ("", []) if made is None else (qr.drawn(made.link), foot(made))
    return render(
        request, "poster/poster.html", station=station, poster=made, code=code, foot=lines, words=content,
        no_address=NO_ADDRESS,
    )  # fmt: skip


@router.get("/stations/{station}/poster.pdf")
def poster_pdf(request: Request, _user: SignedIn, now: NowDep, station: VisibleStation) -> Response:
    """The same as PDF. Raises HubError 409 without an address for phones, 503 without a font."""
    made = _poster(request, station, now)
    if made is None:
        raise HubError(409, NO_ADDRESS)
    settings: HubSettings = request.app.state.settings
    files = {"code.svg": qr.drawn(made.link).encode()}
    file = asked_pdf.made(lambda: pdf.typeset(MAIN, data_of(made), files, settings.pdf_font))
    return attached(file, "application/pdf", f"waystation-poster-{station.id}.pdf")


def _poster(request: Request, station: Station, now: NowDep) -> Poster | None:
    settings: HubSettings = request.app.state.settings
    if not settings.public_url:
        return None
    return content.poster(
        Text(station.name, station.name_en or station.name), station.address,
        Opening.of(station.opening), hotline_of(station.rulebook), station.code, station.plaque_number,
        qr.static_address(settings.public_url, station.id), local(now).date(),
    )  # fmt: skip
