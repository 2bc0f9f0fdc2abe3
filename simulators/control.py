"""The control socket of a live station: one line of JSON in, one line of JSON out, in the run folder.

The socket is reached through the folder's descriptor, because the path of a Unix socket may not be longer than 107
bytes and a run folder may lie deep.
"""

import asyncio
import json
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAME = "control.sock"
ANSWER_BYTES = 1_000_000
TIMEOUT_S = 10.0

Obey = Callable[[Mapping[str, Any]], Mapping[str, object]]


class NotRunning(Exception):
    """Nobody listens in this run folder."""


@contextmanager
def _short_path(folder: Path) -> Iterator[str]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}/{NAME}"
    finally:
        os.close(descriptor)


async def listen(folder: Path, obey: Obey) -> asyncio.Server:
    """Open the socket; a ValueError that `obey` raises goes back as the answer's `error`."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answer: Mapping[str, object]
        try:
            order = json.loads(await reader.readline())
            if not isinstance(order, dict):
                raise ValueError("an order is a JSON object")
            answer = obey(order)
        except ValueError as problem:
            answer = {"error": str(problem)}
        writer.write(json.dumps(answer).encode() + b"\n")
        await writer.drain()
        writer.close()

    (folder / NAME).unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
    with _short_path(folder) as path:
        listening.bind(path)
    (folder / NAME).chmod(0o600)
    return await asyncio.start_unix_server(serve, sock=listening)


def ask(folder: Path, order: Mapping[str, object]) -> dict[str, Any]:
    """Send one order and wait for the answer. Raises NotRunning."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        asking.settimeout(TIMEOUT_S)
        try:
            with _short_path(folder) as path:
                asking.connect(path)
        except OSError as problem:
            raise NotRunning(f"no simulated station runs in {folder}") from problem
        asking.sendall(json.dumps(order).encode() + b"\n")
        said = b""
        while chunk := asking.recv(ANSWER_BYTES):
            said += chunk
    answer: dict[str, Any] = json.loads(said)
    return answer
