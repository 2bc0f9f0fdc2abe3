"""What a doctor says of given facts: every trouble has its sentence, and a well hub has none."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hub.condition import Heardness, Sizes
from hub.doctor.facts import (
    Broker,
    Certificate,
    Facts,
    Job,
    Kept,
    OpenFile,
    Overheard,
    Port,
    Register,
    UsersFile,
    Waits,
)
from hub.doctor.findings import GIB, Finding, programs
from hub.doctor.lasting import lasting
from hub.doctor.stations import stations
from hub.settings import HubSettings

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WELL = Register(
    sizes=Sizes(database=2 * GIB, write_ahead=4096, disk_free=100 * GIB),
    waits=Waits(0.001),
    heard=Heardness(heard=7, silent=0, never=0, revoked=1, outdated=0),
    listened_first=NOW - 60 * DAY,
    listened_last=NOW - timedelta(seconds=4),
    jobs=[Job("clock", NOW + timedelta(seconds=20)), Job("notices", NOW + timedelta(seconds=9))],
    kept=[],
    silent=[],
    never=[],
    revoked_heard=[],
    clocks={"synced": 7},
)
PORTS = [
    Port("web_port", "127.0.0.1:8080", taken=True, ours=True, said="ok"),
    Port("metrics_port", "127.0.0.1:9000", taken=True, ours=True),
    Port("mqtt_port", "127.0.0.1:1883", taken=True, ours=None),
]
HEARD = Overheard(3.0, 5, 0, {"k3v9x2m7qa": 0.2, "b8c1d4e7f0": -1.5})
USERS = UsersFile("/srv/mosquitto/passwords")
FACTS = Facts(
    settings=HubSettings(folder=Path("/srv/hub")),
    at=NOW,
    open_files=[],
    keys="",
    started=True,
    ports=PORTS,
    certificates=[Certificate("broker", "/srv/hub/ca/server.pem", NOW + 900 * DAY)],
    users=USERS,
    database="",
    register=WELL,
    broker=Broker("mqtt://127.0.0.1:1883", heard=HEARD),
)


def found(facts: Facts) -> list[Finding]:
    return [*programs(facts), *lasting(facts), *stations(facts)]


def wrong(**changed: Any) -> list[str]:
    """What needs attention in otherwise well facts; what the register says may be changed by its own names."""
    told = {name: changed.pop(name) for name in list(changed) if hasattr(WELL, name)}
    facts = replace(FACTS, **{"register": replace(WELL, **told)} | changed)
    return [f"{finding.about}: {finding.words}" for finding in found(facts) if not finding.fine]


def test_a_well_hub_has_nothing_wrong() -> None:
    assert wrong() == []
    said = {finding.about for finding in found(FACTS)}
    assert said >= {"files", "web", "ingest", "database", "broker", "mosquitto", "clock", "disk", "stations", "clocks"}


def sizes(**changed: int) -> Sizes:
    return replace(WELL.sizes, **changed)


def heard(**changed: int) -> Heardness:
    return replace(WELL.heard, **changed)


def overheard(**ahead: float) -> Broker:
    return replace(FACTS.broker or Broker(""), heard=replace(HEARD, ahead_s=ahead))


TROUBLES: dict[str, tuple[dict[str, Any], str]] = {
    "never started": ({"started": False}, "no hub ever ran in /srv/hub: start waystation-hub serve"),
    "no keys": ({"keys": "is missing"}, "keys: /srv/hub/hub.keys is missing"),
    "open file": ({"open_files": [OpenFile("/srv/hub/hub.db", 0o644)]}, "mode 0644): chmod 600 /srv/hub/hub.db"),
    "web away": (
        {"ports": [replace(PORTS[0], taken=False, ours=False), *PORTS[1:]]},
        "web: nobody answers at 127.0.0.1:8080: is waystation-hub serve running?",
    ),
    "web taken": (
        {"ports": [replace(PORTS[0], ours=False), *PORTS[1:]]},
        "127.0.0.1:8080 is taken by another program: set another web_port",
    ),
    "web says so": ({"ports": [replace(PORTS[0], said="degraded"), *PORTS[1:]]}, "says the hub is degraded"),
    "a stranger's broker": ({"ports": PORTS[2:]}, "embedded broker: somebody answers at 127.0.0.1:1883, and no other"),
    "no database": ({"register": None, "database": "connection refused"}, "database: connection refused"),
    "locked": ({"waits": Waits(10, "database is locked")}, "nobody can write: database is locked"),
    "slow": ({"waits": Waits(4.0)}, "a writer waits 4 s"),
    "long log": ({"sizes": sizes(write_ahead=2 * GIB)}, "2.0 GiB of write-ahead log"),
    "never listened": ({"listened_last": None}, "ingest: has never listened"),
    "deaf": ({"listened_last": NOW - HOUR}, "ingest: last listened 60 min ago"),
    "from the future": ({"listened_last": NOW + HOUR}, "clock: last listened 60 min in the future"),
    "refused": ({"broker": Broker("mqtts://b:8883", "not authorised")}, "broker: mqtts://b:8883: not authorised"),
    "noise": (
        {"broker": replace(FACTS.broker or Broker(""), heard=replace(HEARD, unreadable=2))},
        "2 of 5 messages are no envelopes",
    ),
    "users missing": ({"users": replace(USERS, missing=3)}, "lacks 3 registered stations"),
    "users left": ({"users": replace(USERS, left_over=1)}, "still admits 1 revoked or unknown users"),
    "users unread": ({"users": replace(USERS, why="Permission denied")}, "cannot be read (Permission denied)"),
    "rules": ({"users": replace(USERS, rules=False)}, "the acl beside /srv/mosquitto/passwords"),
    "unserved": ({"users": replace(USERS, served=False)}, "no mosquitto runs with the pid_file"),
    "ended": ({"certificates": [Certificate("web", "/c.pem", NOW - DAY)]}, "/c.pem ended on 2026-11-19"),
    "ends soon": ({"certificates": [Certificate("web", "/c.pem", NOW + 9 * DAY)]}, "/c.pem ends on 2026-11-29"),
    "no certificate": ({"certificates": [Certificate("web", "/c.pem", None, "is not there")]}, "/c.pem is not there"),
    "no clock": ({"jobs": WELL.jobs[1:]}, "nobody holds the lease `clock`"),
    "late clock": ({"jobs": [Job("clock", NOW - HOUR), *WELL.jobs[1:]]}, "ran out 60 min ago"),
    "no notices": ({"jobs": WELL.jobs[:1]}, "nobody holds the lease `notices`: nobody is told of alerts"),
    "late notices": ({"jobs": [*WELL.jobs[:1], Job("notices", NOW - HOUR)]}, "`notices` ran out 60 min ago"),
    "stuck notices": ({"notice_late": HOUR}, "notices: a notice should have gone 60 min ago"),
    "road fails": (
        {"failing_roads": [("7 (wecom)", NOW - 5 * HOUR), ("9 (mail)", NOW - HOUR)]},
        "roads to people: 2 fail, road 7 (wecom) for 5.0 h",
    ),
    "hoarding": (
        {"jobs": [*WELL.jobs, Job("keep", NOW - 3 * HOUR)]},
        "retention: last looked for what is old 3.0 h ago",
    ),
    "full": ({"sizes": sizes(disk_free=GIB // 2)}, "disk: 0.5 GiB free at /srv/hub: when it is full"),
    "full soon": (
        {"sizes": sizes(database=60 * GIB, disk_free=20 * GIB)},
        "grew by 1024.0 MiB a day over 60 days: that is enough for 20 days",
    ),
    "one silent": (
        {"heard": heard(heard=9, silent=1), "silent": [("k3v9x2m7qa", NOW - 5 * HOUR)]},
        "1 of 10 are silent: k3v9x2m7qa for 5.0 h; look at each one's doctor",
    ),
    "many silent": (
        {"heard": heard(heard=90, silent=60), "silent": [(f"s{n}", NOW - HOUR) for n in range(5)]},
        "60 of 150 are silent: s0 for 60 min, s1 for 60 min, s2 for 60 min, s3 for 60 min, s4 for 60 min and 55 more; "
        "look at the broker and the network first",
    ),
    "never heard": ({"heard": heard(never=1), "never": ["b8c1d4e7f0"]}, "1 were never heard: b8c1d4e7f0"),
    "revoked": ({"revoked_heard": ["b8c1d4e7f0"]}, "b8c1d4e7f0: revoked, and connected after that"),
    "mute": ({"heard": heard(outdated=7)}, "may the hub's user publish at the broker?"),
    "wrong clocks": ({"clocks": {"wrong": 2, "synced": 5}}, "2 say that their clock is wrong"),
    "strangers": ({"strangers": ["b8c1d4e7f0"]}, "b8c1d4e7f0: heard now, and not registered here"),
    "revoked talks": ({"revoked": ["b8c1d4e7f0"]}, "heard now, and revoked: the broker still lets them in"),
    "one is behind": ({"broker": overheard(one=0.1, two=-3600.0)}, "clocks: two 60 min behind"),
    "the hub is behind": ({"broker": overheard(one=600.0, two=601.0)}, "this machine's is 10 min behind"),
    "quarantine": (
        {"kept": [Kept("unknown station", 12, 2, NOW - HOUR)]},
        "quarantine: 12 of 2 stations, the newest 60 min ago: unknown station (a station this hub does not know",
    ),
    "a newer station": (
        {"kept": [Kept("fact.minute: a field", 1, 1, NOW)]},
        "(of a newer version? upgrade the hub, then waystation-hub quarantine retry)",
    ),
}


@pytest.mark.parametrize("name", TROUBLES)
def test_a_trouble_is_the_one_thing_said(name: str) -> None:
    changed, words = TROUBLES[name]
    said = wrong(**changed)
    assert len(said) == 1, said
    assert words in said[0]


def test_a_young_hub_says_that_it_is_young() -> None:
    facts = replace(FACTS, register=replace(WELL, listened_first=NOW - HOUR))
    assert "too young to tell how it grows" in next(f.words for f in found(facts) if f.about == "disk")


def test_without_stations_it_says_how_to_add_one() -> None:
    facts = replace(FACTS, register=replace(WELL, heard=heard(heard=0)))
    assert any("waystation-hub station add" in finding.words for finding in found(facts))
