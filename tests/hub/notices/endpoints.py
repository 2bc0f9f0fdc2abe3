"""Real endpoints on loopback that answer as WeCom, DingTalk, Feishu, a webhook and a mail server do, well or badly."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

WECOM_OK = (200, {"errcode": 0, "errmsg": "ok"})
FEISHU_OK = (200, {"code": 0, "msg": "success", "data": {}})
Reply = tuple[int, Any]


@dataclass
class Got:
    """One request."""

    path: str
    body: Any
    key: str
    headers: dict[str, str]


@dataclass
class Endpoint:
    """An HTTP server; `reply` decides what it answers."""

    port: int = 0
    got: list[Got] = field(default_factory=list)
    reply: Callable[[Got], Reply] = lambda _got: WECOM_OK
    retry_after: str = ""
    slow_s: float = 0.0
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def endpoint() -> Iterator[Endpoint]:
    """Served until the end."""
    here = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            got = Got(self.path, json.loads(raw), self.headers.get("Idempotency-Key", ""), dict(self.headers))
            here.got.append(got)
            if here.slow_s:
                here.released.wait(here.slow_s)
            status, said = here.reply(got)
            body = said if isinstance(said, bytes) else json.dumps(said).encode()
            try:
                self.send_response(status)
                if here.retry_after:
                    self.send_header("Retry-After", here.retry_after)
                if status in (301, 302, 307):
                    self.send_header("Location", here.url + "/elsewhere")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                """The other side did not wait."""

        def log_message(self, *_arguments: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield here
    finally:
        here.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Mail:
    """One mail that was taken."""

    to: list[str]
    subject: str
    text: str
    key: str


@dataclass
class MailServer:
    """A mail server; `refuse` is what it answers instead of taking a mail."""

    port: int = 0
    mails: list[Mail] = field(default_factory=list)
    refuse: str = ""


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Served until the end."""
    here = MailServer()

    class Handler:
        async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
            if here.refuse:
                return here.refuse
            assert isinstance(envelope.content, bytes)
            mail = message_from_bytes(envelope.content)
            part = mail.get_payload()[0] if mail.is_multipart() else mail  # type: ignore[index]
            text = part.get_payload(decode=True).decode()  # type: ignore[union-attr]
            subject = str(make_header(decode_header(mail["Subject"])))
            here.mails.append(Mail(envelope.rcpt_tos, subject, text, mail["X-Idempotency-Key"]))
            return "250 taken"

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Handler(), hostname="127.0.0.1", port=port)
    controller.start()
    here.port = port
    try:
        yield here
    finally:
        controller.stop()


def refused_port() -> int:
    """A port nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def eventually(fact: Callable[[], object], within_s: float = 10.0) -> bool:
    """Whether it becomes true."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if fact():
            return True
        time.sleep(0.01)
    return bool(fact())
