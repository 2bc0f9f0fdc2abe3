"""A piece of network between an agent and its broker that can be cut, hang and be restored: a small TCP relay."""

import asyncio
from collections.abc import Mapping

CHUNK = 65_536

WAYS: Mapping[str, str] = {
    "cut": "connections are torn down and new ones refused",
    "hang": "connections stay and carry nothing",
    "restore": "everything passes",
}


class Relay:
    """Passes bytes between whoever connects to it and one address."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._server: asyncio.Server | None = None
        self._passing = asyncio.Event()
        self._passing.set()
        self._open: set[asyncio.StreamWriter] = set()
        self._serving: set[asyncio.Task[None]] = set()
        self._generation = 0
        self.how = "restore"

    async def listen(self, port: int = 0) -> int:
        """Open a port on the loopback; returns its number."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", port)
        return int(self._server.sockets[0].getsockname()[1])

    def change(self, how: str, for_s: float | None = None) -> None:
        """Cut, hang or restore; with `for_s` it is restored after that time. Raises ValueError on another way."""
        if how not in WAYS:
            raise ValueError(f"the network cannot {how!r}; there are {', '.join(WAYS)}")
        self._generation += 1
        self.how = how
        if how == "hang":
            self._passing.clear()
        else:
            self._passing.set()
        if how == "cut":
            self._tear_down()
        if for_s is not None and how != "restore":
            asyncio.get_running_loop().call_later(for_s, self._restore, self._generation)

    async def close(self) -> None:
        """Stop listening and end every connection."""
        self._passing.set()
        if self._server is not None:
            self._server.close()
        self._tear_down()
        await asyncio.gather(*self._serving, return_exceptions=True)
        await asyncio.sleep(0)  # transports say goodbye on the next turn of the loop

    def _restore(self, generation: int) -> None:
        if generation == self._generation:
            self.change("restore")

    def _tear_down(self) -> None:
        for writer in tuple(self._open):
            writer.transport.abort()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.how == "cut":
            writer.transport.abort()
            return
        task = asyncio.current_task()
        if task is not None:
            self._serving.add(task)
            task.add_done_callback(self._serving.discard)
        self._open.add(writer)
        onward: asyncio.StreamWriter | None = None
        try:
            await self._passing.wait()
            back, onward = await asyncio.open_connection(*self._target)
            self._open.add(onward)
            await asyncio.gather(self._pass(reader, onward), self._pass(back, writer))
        except OSError:
            writer.transport.abort()  # nobody there, or gone: the agent sees its connection end
        finally:
            for end in (writer, onward):
                if end is not None:
                    self._open.discard(end)
                    end.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK):
            await self._passing.wait()
            writer.write(data)
            await writer.drain()
        writer.close()
