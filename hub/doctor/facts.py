"""What a doctor knows of a hub. Nothing here looks and nothing here judges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.condition import Heardness, Sizes
from hub.settings import HubSettings


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that others than the hub's user may read."""

    path: str
    mode: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """One that somebody is shown. `until` None: it could not be read, `why` says why."""

    what: str
    path: str
    until: datetime | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class UsersFile:
    """What the broker reads of the register. Ids in it that should not be, and the other way round."""

    path: str
    why: str = ""
    """Why it could not be read; empty where it was."""
    missing: int = 0
    left_over: int = 0
    """Revoked, or never registered."""
    differing: int = 0
    """There with another password."""
    rules: bool = True
    """Whether the access rules are those of this hub."""
    served: bool = True
    """Whether a server runs that reads them."""


@dataclass(frozen=True, slots=True)
class Port:
    """One port of the hub. `ours`: what answers there is this hub's. None: nothing of ours can be asked for."""

    key: str
    where: str
    taken: bool
    ours: bool | None
    said: str = ""
    """What it answered, or why it did not."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How long the database made somebody wait who wanted to write. `why`: it never let in."""

    seconds: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What lies in quarantine for one reason."""

    why: str
    rows: int
    stations: int
    newest: datetime


@dataclass(frozen=True, slots=True)
class Job:
    """A background job, and until when somebody holds it."""

    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Register:
    """What the database says of the stations and of the hub itself."""

    sizes: Sizes
    waits: Waits
    heard: Heardness
    listened_first: datetime | None
    """None: this hub has never listened."""
    listened_last: datetime | None
    jobs: Sequence[Job]
    kept: Sequence[Kept]
    """By reason, the largest first."""
    silent: Sequence[tuple[str, datetime]]
    """A few, the longest silent first: id, last heard."""
    never: Sequence[str]
    """A few."""
    revoked_heard: Sequence[str]
    """Revoked ones whose words came after that."""
    clocks: Mapping[str, int]
    """Heard stations by what they think of their clock."""
    notice_late: timedelta = timedelta(0)
    """For how long the notice due the longest has been."""
    failing_roads: Sequence[tuple[str, datetime]] = ()
    """Roads to people by which nothing arrives, and since when, the longest failing first."""


@dataclass(frozen=True, slots=True)
class Overheard:
    """What came from the broker while the doctor listened along."""

    seconds: float
    envelopes: int
    unreadable: int
    ahead_s: Mapping[str, float]
    """By station: how far the newest envelope's time was before the hub's; negative: behind."""


@dataclass(frozen=True, slots=True)
class Broker:
    """The broker, tried as the hub. `why`: it could not be listened to."""

    where: str
    why: str = ""
    heard: Overheard | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything, at one time."""

    settings: HubSettings
    at: datetime
    open_files: Sequence[OpenFile]
    keys: str
    """Why the key file cannot be used; empty where it can."""
    started: bool
    """Whether a hub ever ran in this folder."""
    ports: Sequence[Port]
    certificates: Sequence[Certificate]
    users: UsersFile | None
    """None: somebody else admits stations to the broker."""
    database: str
    """Why it cannot be used; empty where it can."""
    register: Register | None
    broker: Broker | None
    """None: nobody can be asked yet."""
    strangers: Sequence[str] = ()
    """Ids that were overheard and are not registered."""
    revoked: Sequence[str] = ()
    """Ids that were overheard and are revoked."""
