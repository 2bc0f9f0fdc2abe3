"""What the facts mean, in words: the hub's programs. Pure. Each names the thing, its place and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass

from hub.doctor.facts import Facts, Port, UsersFile
from shared.span import span

GIB = 1024**3
LARGEST_LOG = 512 * 1024**2
"""A write-ahead log that large is not checkpointed: somebody reads for hours, or ingest never pauses."""
LONGEST_WAIT_S = 2.0
LISTENED_LATELY_S = 60.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `fine` is whether nothing is to be done about it."""

    fine: bool
    about: str
    words: str


def programs(facts: Facts) -> Iterator[Finding]:
    """Files, processes, database, broker: in the order in which it is put right."""
    yield from _files(facts)
    yield from _ports(facts)
    yield from _database(facts)
    yield from _ingest(facts)
    yield from _broker(facts)
    if facts.users is not None:
        yield _users(facts.users)


def _files(facts: Facts) -> Iterator[Finding]:
    if not facts.started:
        words = f"no hub ever ran in {facts.settings.folder}: start waystation-hub serve, or name another --folder"
        yield Finding(False, "hub", words)
    if facts.keys:
        yield Finding(False, "keys", f"{facts.settings.folder / 'hub.keys'} {facts.keys}")
    for file in facts.open_files:
        words = f"{file.path} is open to others (mode {file.mode:04o}): chmod 600 {file.path}"
        yield Finding(False, "files", words)
    if facts.started and not facts.keys and not facts.open_files:
        yield Finding(True, "files", f"{facts.settings.folder}: settings and keys are the hub's alone")


def _ports(facts: Facts) -> Iterator[Finding]:
    works = any(port.ours for port in facts.ports)
    for port in facts.ports:
        yield _port(port, works)


def _port(port: Port, works: bool) -> Finding:
    what = {"web_port": "web", "metrics_port": "ingest", "mqtt_port": "embedded broker"}[port.key]
    if port.ours:
        said = f", and says the hub is {port.said}" if port.said else ""
        return Finding(port.said in ("", "ok"), what, f"answers at {port.where}{said}")
    if not port.taken:
        words = f"nobody answers at {port.where}: is waystation-hub serve running? Its log says why a process ended"
        return Finding(False, what, words)
    if port.ours is None:
        words = f"somebody answers at {port.where}" + ("" if works else ", and no other process of this hub does")
        return Finding(works, what, words)
    words = f"{port.where} is taken by another program: set another {port.key} in hub.toml, or stop that program"
    return Finding(False, what, words)


def _database(facts: Facts) -> Iterator[Finding]:
    if facts.register is None:
        yield Finding(False, "database", facts.database)
        return
    sizes, waits = facts.register.sizes, facts.register.waits
    size = f"{sizes.database / GIB:.2f} GiB"
    if waits.why:
        words = f"nobody can write: {waits.why}. Which program holds it? (a shell, a backup by hand)"
        yield Finding(False, "database", words)
    elif waits.seconds > LONGEST_WAIT_S:
        words = f"{size}; a writer waits {span(waits.seconds)}: look for a program that holds a lock on it"
        yield Finding(False, "database", words)
    else:
        yield Finding(True, "database", f"{size}, schema as this hub needs it, a writer waits {waits.seconds:.2f} s")
    if sizes.write_ahead is not None and sizes.write_ahead > LARGEST_LOG:
        words = f"{sizes.write_ahead / GIB:.1f} GiB of write-ahead log: a reader that never ends keeps it; restart web"
        yield Finding(False, "database", words)


def _ingest(facts: Facts) -> Iterator[Finding]:
    if facts.register is None:
        return
    last = facts.register.listened_last
    if last is None:
        yield Finding(False, "ingest", "has never listened: the broker refuses it, or the hub was never started")
        return
    ago = (facts.at - last).total_seconds()
    if ago < -LISTENED_LATELY_S:
        words = f"last listened {span(-ago)} in the future: this machine's clock was ahead, or is behind now"
        yield Finding(False, "clock", words)
    elif ago > LISTENED_LATELY_S:
        yield Finding(
            False, "ingest", f"last listened {span(ago)} ago: nothing is taken in; stations keep it meanwhile"
        )
    else:
        yield Finding(True, "ingest", f"listened {span(ago)} ago")


def _broker(facts: Facts) -> Iterator[Finding]:
    if facts.broker is None:
        return
    if facts.broker.why:
        where, remedy = facts.broker.where, "compare hub.toml with the broker's users and its log"
        yield Finding(False, "broker", f"{where}: {facts.broker.why}; {remedy}")
        return
    heard = facts.broker.heard
    if heard is None:
        return
    came = f"{heard.envelopes} envelopes of {len(heard.ahead_s)} stations in {span(heard.seconds)}"
    yield Finding(True, "broker", f"{facts.broker.where} lets the hub in and lets it read; {came}")
    if heard.unreadable:
        words = f"{heard.unreadable} of {heard.envelopes} messages are no envelopes: see waystation-hub quarantine list"
        yield Finding(False, "broker", words)


def _users(users: UsersFile) -> Finding:
    about, again = "mosquitto", "restart the hub, or revoke and add through it: it writes the file anew"
    if users.why:
        return Finding(False, about, f"{users.path} cannot be read ({users.why}): is `mosquitto` in hub.toml right?")
    if users.missing or users.differing:
        words = f"{users.path} lacks {users.missing} registered stations and has another password for {users.differing}"
        return Finding(False, about, f"{words}: they cannot connect; {again}")
    if users.left_over:
        return Finding(False, about, f"{users.path} still admits {users.left_over} revoked or unknown users: {again}")
    if not users.rules:
        return Finding(False, about, f"the acl beside {users.path} is not what this hub writes: {again}")
    if not users.served:
        words = f"no mosquitto runs with the pid_file beside {users.path}: it will not hear of changes"
        return Finding(False, about, f"{words}; set pid_file there, and run it as a user the hub may signal")
    return Finding(True, about, f"{users.path} is what the register says")
