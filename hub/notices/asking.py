"""One HTTP request to an endpoint, bounded in time and size; redirects are not followed."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from hub.notices.robots import Answer

TIMEOUT_S = 10.0
MOST_READ = 4096


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_arguments: object, **_more: object) -> None:
        """A notice goes where somebody said, or nowhere."""


_OPENER = build_opener(_Stay())


def post(url: str, body: bytes, headers: Mapping[str, str], timeout_s: float = TIMEOUT_S) -> Answer:
    """What came back; why nothing did is in the answer. Never raises for what the network does."""
    request = Request(url, body, {"Content-Type": "application/json; charset=utf-8", **headers}, method="POST")  # noqa: S310 — made from a road: http or https
    try:
        with _OPENER.open(request, timeout=timeout_s) as response:
            return Answer(response.status, response.read(MOST_READ).decode(errors="replace"))
    except HTTPError as error:
        with error:
            said = error.read(MOST_READ).decode(errors="replace")
        return Answer(error.code, said, _patience(error.headers.get("Retry-After"), error.headers.get("Date")))
    except (OSError, HTTPException, ValueError) as error:
        why = getattr(error, "reason", None) or error
        return Answer(None, "no answer in time" if isinstance(why, TimeoutError) else f"{type(why).__name__}: {why}")


def _patience(said: str | None, answered: str | None) -> float | None:
    """Seconds, or a date (RFC 9110, 10.2.3): counted from the answer's own, so that no clock of ours matters."""
    if not said:
        return None
    if said.isdigit():
        return float(said)
    if not answered:
        return None
    try:
        return max(0.0, (parsedate_to_datetime(said) - parsedate_to_datetime(answered)).total_seconds())
    except (ValueError, TypeError):
        return None
