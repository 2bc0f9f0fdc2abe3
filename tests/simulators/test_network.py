"""The relay between agent and broker: it carries, is cut, hangs, and is restored."""

import asyncio
from contextlib import suppress

import pytest

from simulators.network import Relay


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(100):
        writer.write(data)
        await writer.drain()
    writer.close()


async def _relayed() -> tuple[asyncio.Server, Relay, int]:
    server = await asyncio.start_server(_echo, "127.0.0.1", 0)
    relay = Relay("127.0.0.1", server.sockets[0].getsockname()[1])
    return server, relay, await relay.listen()


async def _closed(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


async def _ended(reader: asyncio.StreamReader) -> bool:
    """Whether a connection is over, by its end or by a reset."""
    try:
        return await asyncio.wait_for(reader.read(100), 2) == b""
    except ConnectionError:
        return True


def test_a_relay_carries_is_cut_and_restored():
    async def story() -> None:
        server, relay, port = await _relayed()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"hello")
        assert await asyncio.wait_for(reader.read(100), 2) == b"hello"

        relay.change("cut")
        assert await _ended(reader)
        await _closed(writer)
        refused, gone = await asyncio.open_connection("127.0.0.1", port)
        assert await _ended(refused)
        await _closed(gone)

        relay.change("restore")
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"again")
        assert await asyncio.wait_for(reader.read(100), 2) == b"again"
        await _closed(writer)
        await relay.close()
        server.close()

    asyncio.run(story())


def test_a_hanging_relay_keeps_the_connection_and_carries_later():
    async def story() -> None:
        server, relay, port = await _relayed()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"one")
        assert await asyncio.wait_for(reader.read(100), 2) == b"one"

        relay.change("hang", for_s=0.3)
        writer.write(b"two")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.read(100), 0.15)
        assert await asyncio.wait_for(reader.read(100), 2) == b"two"
        assert relay.how == "restore"
        await _closed(writer)
        await relay.close()
        server.close()

    asyncio.run(story())


def test_another_way_is_refused_by_name():
    with pytest.raises(ValueError, match="hang"):
        Relay("127.0.0.1", 1).change("explode")
