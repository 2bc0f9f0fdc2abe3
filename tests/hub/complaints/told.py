"""A worker with a phone, and what they send."""

import re
from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient
from sqlmodel import select

from hub.complaints.tables import Complaint
from tests.hub.inspections.conftest import Hub

GOOD = {"kind": "complaint", "category": "facility", "text": "冰箱不冷已经三天"}
HIDDEN = re.compile(r'name="(csrf|once)" value="([^"]*)"')
KEPT = re.compile(r"<dd>([^<]+)</dd>")


@dataclass
class Worker:
    """A browser without an account, at one address."""

    http: TestClient

    def form(self, path: str) -> dict[str, str]:
        """What a form carries unseen."""
        return dict(HIDDEN.findall(self.http.get(path).text))

    def send(self, station: str, photo: bytes | None = None, lang: str = "", **fields: str) -> Any:
        """The form as it was loaded, filled in; `once` of one that was loaded before sends that one again."""
        path = f"/complain/{station}{lang}"
        files = None if photo is None else {"photo": ("p.jpg", photo, "image/jpeg")}
        return self.http.post(path, data=self.form(path) | GOOD | fields, files=files)

    def ask(self, number: str, code: str, lang: str = "") -> Any:
        """How it stands."""
        path = f"/complain/answer{lang}"
        return self.http.post(path, data=self.form(path) | {"number": number, "code": code})


def worker(hub: Hub, address: str = "203.0.113.7") -> Worker:
    """Another one."""
    return Worker(TestClient(hub.app, client=(address, 50000)))


def receipt(answer: Any) -> tuple[str, str]:
    """Number and code."""
    assert answer.status_code == 200, answer.text
    number, code = KEPT.findall(answer.text)
    return number, code


def rows(hub: Hub) -> list[Complaint]:
    """What the hub has, in order."""
    with hub.session() as session:
        return list(session.exec(select(Complaint).order_by(Complaint.id)))  # type: ignore[arg-type]
