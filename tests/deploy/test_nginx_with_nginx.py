"""The reverse proxy's configuration as it is shipped, a real nginx before a real hub."""

import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from sqlmodel import Session

from hub import authority
from hub.accounts import store as accounts
from hub.database import engine_for, migrate
from hub.settings import load
from hub.supervisor import Program, start
from tests.hub.pages.conftest import PASSWORD, csrf_of

SHIPPED = Path(__file__).parents[2] / "deploy" / "nginx" / "waystation.conf"


@dataclass(frozen=True)
class Proxied:
    """A hub behind nginx."""

    plain: str
    secure: str
    client: httpx2.Client


def free_ports(count: int) -> list[int]:
    held = [socket.socket() for _ in range(count)]
    for one in held:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in held]
    for one in held:
        one.close()
    return ports


def listens(port: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(f"nobody listens on {port}")


def configured(folder: Path, web: int, plain: int, secure: int, papers: authority.Papers) -> Path:
    """The shipped file with this machine's ports and certificate, and what Debian's nginx.conf has around it."""
    text = SHIPPED.read_text()
    for shipped, here in (
        ("127.0.0.1:8080", f"127.0.0.1:{web}"),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{secure} ssl http2;"),
        ("https://$host$request_uri", f"https://$host:{secure}$request_uri"),
        ("/etc/letsencrypt/live/hub.example/fullchain.pem", str(papers.certificate)),
        ("/etc/letsencrypt/live/hub.example/privkey.pem", str(papers.key)),
        ("server_name hub.example;", "server_name localhost;"),
    ):
        assert shipped in text, f"{SHIPPED.name} has no {shipped!r} any more"
        text = text.replace(shipped, here)
    (folder / "waystation.conf").write_text(text)
    temporary = "".join(
        f"{kind}_temp_path {folder / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = folder / "nginx.conf"
    # Started by root its workers are somebody else, who may not write here.
    user = "user root;\n" if os.geteuid() == 0 else ""
    whole.write_text(
        f"{user}daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nworker_processes 1;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{temporary}include {folder}/waystation.conf;\n}}\n"
    )
    return whole


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    folder = tmp_path_factory.mktemp("proxied")
    web, plain, secure = free_ports(3)
    (folder / "hub.toml").write_text(f'web_port = {web}\nmqtt_port = 0\ntrusted_proxy = "127.0.0.1"\n')
    now = datetime.now(UTC)
    engine = engine_for(load(folder).url)
    migrate(engine)
    with Session(engine) as session:
        accounts.add_user(session, "王芳", PASSWORD, "administrator", now)
        session.commit()
    engine.dispose()
    papers = authority.provide(folder, ["localhost"], now)
    conf = configured(folder, web, plain, secure, papers)
    path = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    running = [
        start(Program("web", [sys.executable, "-m", "hub", "web", "--folder", str(folder)])),
        start(Program("nginx", ["nginx", "-e", str(folder / "error.log"), "-c", str(conf)], path)),
    ]
    try:
        for port in (web, secure):
            listens(port)
        trust = ssl.create_default_context(cafile=str(papers.authority))
        with httpx2.Client(verify=trust, timeout=20) as client:
            yield Proxied(f"http://localhost:{plain}", f"https://localhost:{secure}", client)
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(15)


def test_nginx_itself_finds_nothing_to_warn_of(proxied: Proxied, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = next(tmp_path_factory.getbasetemp().glob("proxied*"))
    said = subprocess.run(
        ["/usr/sbin/nginx", "-t", "-e", folder / "error.log", "-c", folder / "nginx.conf"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert "[warn]" not in said.stderr


def test_plain_http_is_sent_to_https(proxied: Proxied) -> None:
    answer = proxied.client.get(f"{proxied.plain}/stations?language=zh")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{proxied.secure}/stations?language=zh"


def test_pages_keep_their_policy_and_the_proxy_adds_its_own(proxied: Proxied) -> None:
    answer = proxied.client.get(f"{proxied.secure}/sign-in")
    assert answer.status_code == 200
    assert answer.http_version == "HTTP/1.1"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert len(answer.headers.get_list("Content-Security-Policy")) == 1
    assert "Server" not in answer.headers or "/" not in answer.headers["Server"]


def test_signing_in_works_and_every_cookie_is_secure(proxied: Proxied) -> None:
    page = proxied.client.get(f"{proxied.secure}/sign-in")
    form = {"csrf": csrf_of(page.text), "name": "王芳", "password": PASSWORD, "onward": "/stations"}
    answer = proxied.client.post(f"{proxied.secure}/sign-in", data=form)
    assert answer.status_code == 303, answer.text
    told = [*page.headers.get_list("Set-Cookie"), *answer.headers.get_list("Set-Cookie")]
    cookies = [cookie for cookie in told if "Max-Age=0" not in cookie]  # one that is taken back says nothing
    assert len(cookies) >= 2
    assert [cookie for cookie in cookies if "; secure" not in cookie.lower() or "samesite=" not in cookie.lower()] == []
    assert proxied.client.get(f"{proxied.secure}/stations").status_code == 200


def test_what_changes_is_streamed_and_not_held_back(proxied: Proxied) -> None:
    """The stream stays open for minutes: its first words must come at once."""
    began = time.monotonic()
    with proxied.client.stream("GET", f"{proxied.secure}/stations/live") as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        first = next(answer.iter_text())
    assert first.startswith("event:")
    assert time.monotonic() - began < 2.5, (
        "a look is every 3 s: a proxy that holds back shows nothing before the second"
    )


def test_a_body_that_is_too_large_is_refused_at_the_door(proxied: Proxied) -> None:
    for megabytes in (1, 11):
        body = b"x" * (megabytes * 1024 * 1024 + 1)
        assert proxied.client.post(f"{proxied.secure}/sign-in", content=body).status_code == 413


def test_figures_are_for_this_machine(proxied: Proxied) -> None:
    assert "waystation_hub_ingest_up 0.0" in proxied.client.get(f"{proxied.secure}/metrics").text
