"""A visitor of the hub's pages who signs in as a person would, to find the addresses the tour names."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from typing import Any

TIMEOUT_S = 30.0
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


class NotReached(Exception):
    """A page that does not answer as it should."""


@dataclass(slots=True)
class Visitor:
    """One browser, without a screen."""

    address: str
    _open: urllib.request.OpenerDirector = field(
        default_factory=lambda: urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    )

    def sign_in(self, name: str, password: str) -> None:
        """Raises NotReached."""
        self.submit("/sign-in", "/sign-in", name=name, password=password)

    def page(self, path: str) -> str:
        """A page's text. Raises NotReached."""
        return self._ask(path, None)[1]

    def json(self, path: str) -> Any:
        """A document of the API. Raises NotReached."""
        return json.loads(self.page(path))

    def submit(self, form_on: str, path: str, **values: str) -> str:
        """Send a form as the page has it; the path it leads to. Raises NotReached."""
        token = _TOKEN.search(self.page(form_on))
        if token is None:
            raise NotReached(f"{form_on} has no form")
        values["csrf"] = token[1]
        return self._ask(path, urllib.parse.urlencode(values).encode())[0]

    def _ask(self, path: str, body: bytes | None) -> tuple[str, str]:
        request = urllib.request.Request(self.address + path, data=body)  # noqa: S310 — the demo's own hub
        try:
            answer: HTTPResponse
            with self._open.open(request, timeout=TIMEOUT_S) as answer:
                return urllib.parse.urlsplit(answer.geturl()).path, answer.read().decode()
        except (urllib.error.URLError, TimeoutError) as error:
            raise NotReached(f"{path}: {error}") from error
