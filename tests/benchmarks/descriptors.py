"""20,000 idle stations on TLS, and their return after the broker is restarted: a real Mosquitto and a real hub.

Every station has a user and a password of its own, checks the broker's certificate, answers for its keepalive, and
comes back with the agent's own pauses. Where the system's limit of descriptors lets one broker hold fewer, a second one
takes half of them, joined to the first by a bridge; both are restarted at once. Five minutes.
"""

import itertools
import resource
import socket
import ssl
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from edge.mqtt import KEEPALIVE_S
from hub import brokers
from hub.settings import load
from shared import topics
from shared.envelope import Ack
from tests.benchmarks.benchmark import Benchmark
from tests.benchmarks.descriptors_crowd import Crowd
from tests.benchmarks.descriptors_second import Second
from tests.benchmarks.descriptors_watched import Watched
from tests.benchmarks.load import codec, usage
from tests.benchmarks.load.fleet import Login, Registered, registered, virtual_start
from tests.benchmarks.load.running import RunningHub
from tests.benchmarks.load.told import Calendar, Speech
from tests.benchmarks.rows import Row
from tests.mosquitto import Mosquitto, Tls

CONNECTIONS = 20_000
SPARE = 100
"""Descriptors of a broker that are not stations'."""
A_CROWD, A_SOURCE = 5_000, 2_000
"""Stations in one process, and from one loopback address."""
A_SECOND = 300
"""Stations that come at first, each second."""
IDLE_S = 2.0 * KEEPALIVE_S
LONGEST_S, PATIENCE_S, ENVELOPE_S = 120.0, 400.0, 60.0
NAME = "connections idle tls"
HALF, MOST, ALL = 0.5, 0.99, 1.0


def measure(folder: Path, wanted: int = CONNECTIONS, idle_s: float = IDLE_S) -> list[Row]:
    """The row: seconds until all are back."""
    number, limit = wanted, _most_of_one()
    stations = registered(number + 1)
    *idle, speaker = stations.logins
    with ExitStack() as ending:
        hub = ending.enter_context(_hub(folder, stations))
        servers = _servers(hub, number > limit, ending)
        ports = [server.port for server in servers]
        watched = ending.enter_context(Watched(_crowds(hub, idle, ports)))
        if ALL not in watched.until((ALL,), number, number / A_SECOND + PATIENCE_S):
            raise TimeoutError(f"{watched.standing} of {number} connected; {dict(watched.failed)}; {hub.log()}")
        ingest, lost = hub.ingest, watched.lost
        memory = sum(usage.memory_mib(server.pid) for server in servers)
        time.sleep(idle_s)
        lost, failed = watched.lost - lost, watched.failed
        _took_in(hub, speaker, 0, ports[-1])
        began = time.monotonic()
        for server in servers:
            server.stop()
        watched.until_none(PATIENCE_S)
        for server in servers:
            server.start()
        away_s = time.monotonic() - began
        back = {share: away_s + after for share, after in watched.until((HALF, MOST, ALL), number, PATIENCE_S).items()}
        taken_s = _took_in(hub, speaker, 1, ports[-1])
        alive = hub.ingest == ingest
        attempts = dict((watched.failed - failed).most_common(3))
        standing = watched.standing
    all_s = back.get(ALL, PATIENCE_S)
    return [
        Row(
            NAME, round(all_s, 1), "s until all are back", f"<= {LONGEST_S:g} s, {CONNECTIONS}, hub alive",
            all_s <= LONGEST_S and number >= CONNECTIONS and alive and lost == 0,
            f"{number} connections to {len(servers)} Mosquitto, of which one may hold {limit}; {lost} lost in "
            f"{idle_s:g} s of idling; of the return they were away for {away_s:.1f} s; half back after "
            f"{back.get(HALF, PATIENCE_S):.1f} s, 99 % after {back.get(MOST, PATIENCE_S):.1f} s, {standing} then; "
            f"attempts that failed: {attempts}; hub {'alive' if alive else 'RESTARTED'}, "
            f"an envelope afterwards was acknowledged in {taken_s:.1f} s; brokers {memory:.0f} MiB",
        )
    ]  # fmt: skip


def _most_of_one() -> int:
    """How many connections one process of this system can hold."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 1 << 30 if hard == resource.RLIM_INFINITY else hard - SPARE


def _servers(hub: RunningHub, two: bool, ending: ExitStack) -> list[Mosquitto]:
    """The hub's own, and where one is too few a second, bridged to it."""
    first = _broker(hub)
    if not two:
        return [first]
    own = hub.folder / "ca"
    second = Second(hub.folder / "second", first, Tls(own / "server.pem", own / "server.key"), own / "ca.pem")
    second.join()
    first.reload()
    return [first, ending.enter_context(second)]


def _hub(folder: Path, stations: Registered) -> RunningHub:
    """Behind a Mosquitto with a certificate of the hub's own authority, that speaks nothing but TLS."""
    hub = RunningHub(folder, stations, mosquitto=True)
    plain = _broker(hub)
    toml = folder / "hub.toml"
    toml.write_text(toml.read_text().replace("mqtt://", "mqtts://") + 'mqtt_names = ["127.0.0.1"]\n')
    hub.settings = load(folder)
    brokers.write_files(hub.settings, datetime.now(UTC))
    certified = Tls(folder / "ca" / "server.pem", folder / "ca" / "server.key")
    hub.broker = Mosquitto(plain.folder, certified, plain.port)
    return hub


def _broker(hub: RunningHub) -> Mosquitto:
    if hub.broker is None:
        raise LookupError("the hub has no Mosquitto")
    return hub.broker


def _crowds(hub: RunningHub, idle: list[Login], ports: Sequence[int]) -> list[Crowd]:
    named = [(login.station, login.password) for login in idle]
    addresses = itertools.count(2)
    crowds = []
    for first in range(0, len(named), A_CROWD):
        some = named[first : first + A_CROWD]
        sources = [f"127.0.0.{next(addresses)}" for _ in range(0, len(some), A_SOURCE)]
        port = ports[len(crowds) % len(ports)]
        crowds.append(Crowd(port, str(hub.folder / "ca" / "ca.pem"), sources, some, len(named) / A_SECOND))
    return crowds


def _took_in(hub: RunningHub, login: Login, minute: int, port: int) -> float:
    """Seconds until an envelope of another station at this port is acknowledged as committed. Raises TimeoutError."""
    said = Speech(login.station, 1, Calendar(virtual_start())).minute(minute)
    began = time.monotonic()
    tls = ssl.create_default_context(cafile=str(hub.folder / "ca" / "ca.pem"))
    with (
        socket.create_connection(("127.0.0.1", port), ENVELOPE_S) as plain,
        tls.wrap_socket(plain, server_hostname="127.0.0.1") as line,
    ):
        line.sendall(codec.connect(login.station, login.station, login.password, 60))
        line.sendall(codec.subscribe(1, topics.ack(login.station), 0))
        line.sendall(codec.publish(codec.spelled(topics.up_now(login.station)), 2, said.payload))
        reader = codec.Reader()
        while time.monotonic() - began < ENVELOPE_S:
            for packet in reader.feed(line.recv(65536)):
                if packet.type == codec.PUBLISH:
                    word = Ack.model_validate_json(packet.message()[1])
                    if set(said.records) <= set(word.committed):
                        return time.monotonic() - began
    raise TimeoutError(f"no acknowledgement in {ENVELOPE_S:g} s: {hub.log()}")


BENCHMARK = Benchmark("connections", (NAME,), lambda folder, _quick: measure(folder))
