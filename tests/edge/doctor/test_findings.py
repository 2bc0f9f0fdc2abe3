"""What a doctor says of given facts: every trouble has its sentence, and a well station has none."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from edge.doctor.facts import Facts, OutboxFacts
from edge.doctor.findings import Finding, findings
from edge.doctor.ports import PortFacts
from edge.settings import Settings
from edge.settings.file import read
from edge.status import DeviceStatus, Status
from shared.board import Board
from shared.choice import Choice
from shared.ids import record_id
from shared.keys import spell_secret
from shared.moment import ClockQuality, Stamp
from shared.outbox import DEFAULT_LIMIT, RESERVE, Salvage, Waiting
from shared.records import Question
from shared.span import span
from shared.text import Text

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
HUB = "mqtts://hub.example:8883"
TOML = f"""
[station]
id = "k3v9x2m7qa"
secret = "{spell_secret(b"1" * 16)}"
hub = "{HUB}"
[[line]]
name = "bus-a"
port = "/dev/bus-a"
[[device]]
name = "meter"
model = "pzem016"
line = "bus-a"
address = 10
[[device]]
name = "radar"
model = "ld2410"
port = "/dev/radar"
"""
AGENT = 4711


def settings() -> Settings:
    return read(TOML, {}, [])


def device(name: str, **changed: Any) -> DeviceStatus:
    said: dict[str, Any] = {
        "answers": 5000, "failures": {}, "recent_answers": 600, "recent_failures": {}, "answered_s": 1.0
    }  # fmt: skip
    return DeviceStatus(name=name, **said | changed)


def status(**changed: Any) -> Status:
    said: dict[str, Any] = {
        "written_at": NOW - timedelta(seconds=10),
        "running_s": 7200.0,
        "process": AGENT,
        "forgotten": [],
        "not_kept": False,
        "ports": {"/dev/bus-a": True, "/dev/radar": True},
        "devices": [device("meter"), device("radar")],
        "connected": True,
        "silent_s": 20.0,
        "records_per_hour": 70.0,
        "rate_over_s": 7000.0,
    }
    return Status(**said | changed)


def outbox(now: int = 2, used: int = 500_000, aside: int = 0) -> OutboxFacts:
    return OutboxFacts(Waiting(now, 1, used, DEFAULT_LIMIT, NOW - timedelta(minutes=1)), aside, 9000)


def facts(**changed: Any) -> Facts:
    there = PortFacts(there=True, allowed=True, holders=((AGENT, "waystation-edge"),))
    said: dict[str, Any] = {
        "settings": settings(),
        "stamp": Stamp(NOW, "boot", 9000.0, ClockQuality.SYNCED),
        "last_good": NOW - timedelta(minutes=1),
        "holder": AGENT,
        "status": status(),
        "board": Board(written_at=NOW, station="k3v9x2m7qa", facilities=[]),
        "ports": {"/dev/bus-a": there, "/dev/radar": there},
        "hub": None,
        "outbox": outbox(),
        "disk_free": 20 * 1024**3,
    }
    return Facts(**said | changed)


def wrong(found: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.about, finding.words) for finding in found if not finding.fine]


def test_a_well_station_has_nothing_wrong_and_everything_is_told() -> None:
    found = findings(facts())
    assert wrong(found) == []
    told = {finding.about: finding.words for finding in found}
    assert told["agent"] == "runs as process 4711 for 2.0 h"
    assert told["port of line bus-a"] == "/dev/bus-a is open"
    assert told["device meter (pzem016 on bus-a)"] == "last answer 11 s ago, none of the last 600 questions failed"
    assert told["clock"] == "2026-11-20 12:00:00, synchronised"
    assert told["hub"] == f"connected to {HUB}, last acknowledged 30 s ago"
    assert told["outbox"].startswith("0.2% of it used, 3 records wait, the oldest since 11-20 11:59; without the hub")
    assert "at 70 records an hour" in told["outbox"]
    assert told["disk"] == "20.0 GiB free"


GONE = PortFacts(there=False, allowed=False)
FREE = {"/dev/bus-a": PortFacts(there=True, allowed=True)}
WRONG_CLOCK = Stamp(NOW, "boot", 9000.0, ClockQuality.WRONG)
FREE_CLOCK = Stamp(NOW, "boot", 9000.0, ClockQuality.PLAUSIBLE)


@pytest.mark.parametrize(
    ("changed", "about", "words"),
    [
        ({"holder": None, "ports": FREE}, "agent", "does not run; it last wrote how it fares 10 s ago"),
        ({"holder": None, "ports": FREE, "status": None}, "agent", "does not run; it has left no word of itself"),
        ({"status": None}, "agent", "process 4711 holds the station and has not said how it fares"),
        (
            {"status": status(written_at=NOW - timedelta(minutes=5))},
            "agent",
            "process 4711 has said nothing for 5 min: it hangs",
        ),
        (
            {"ports": {"/dev/bus-a": GONE}},
            "port of line bus-a",
            "/dev/bus-a is not there: unplugged, or another name",
        ),
        (
            {"ports": {"/dev/bus-a": PortFacts(there=True, allowed=False)}},
            "port of line bus-a",
            "/dev/bus-a may not be opened by this user: it belongs to another group",
        ),
        (
            {"ports": {"/dev/radar": PortFacts(there=True, allowed=True, holders=((99, "minicom"),))}},
            "port of device radar",
            "/dev/radar is held by minicom (process 99)",
        ),
        (
            {"status": status(ports={"/dev/bus-a": False})},
            "port of line bus-a",
            "/dev/bus-a is there, and the agent could not open it or lost it",
        ),
        (
            {
                "status": status(
                    devices=[
                        device("meter", answers=0, recent_answers=0, answered_s=None, failures={"silence": 34}),
                        device("radar"),
                    ]
                )
            },
            "device meter (pzem016 on bus-a)",
            "has never answered since the agent started 2.0 h ago (34 x silence)",
        ),
        (
            {
                "status": status(
                    devices=[
                        device("meter", answered_s=600.0, failures={"silence": 50}, recent_failures={"silence": 20}),
                        device("radar"),
                    ]
                )
            },
            "device meter (pzem016 on bus-a)",
            "stopped answering 10 min ago (20 x silence)",
        ),
        (
            {
                "status": status(
                    devices=[
                        device("meter", recent_answers=80, failures={"garbled": 30}, recent_failures={"garbled": 20}),
                        device("radar"),
                    ]
                )
            },
            "device meter (pzem016 on bus-a)",
            "last answer 11 s ago; of the last 100 questions: CRC errors 20.0%",
        ),
        (
            {"stamp": WRONG_CLOCK, "last_good": NOW + timedelta(days=1)},
            "clock",
            "2026-11-20 12:00:00 is behind 2026-11-21 12:00:00, a time that has already been: "
            "nothing is judged until it is right",
        ),
        (
            {"stamp": FREE_CLOCK},
            "clock",
            "2026-11-20 12:00:00, not synchronised: is there a time service (chrony, systemd-timesyncd)?",
        ),
        (
            {"status": status(connected=False), "hub": "Connection refused"},
            "hub",
            f"{HUB} cannot be reached: Connection refused",
        ),
        (
            {"status": status(connected=False)},
            "hub",
            f"{HUB} answers and does not let this station in: its id, its secret, or TLS",
        ),
        (
            {"status": status(silent_s=None, unanswered_s=590.0, envelopes=31, hub_says=True)},
            "hub",
            "connected, 31 envelopes sent since the start, none acknowledged for 10 min, while the hub says that it "
            "listens: the broker does not let this station publish (its permissions), or the hub does not know this "
            "station: compare the id with `waystation-hub station list`",
        ),
        (
            {"status": status(silent_s=None, unanswered_s=590.0, envelopes=31)},
            "hub",
            "connected, 31 envelopes sent since the start, none acknowledged for 10 min, and no hub has said a word on "
            "this broker: the hub is not there (not running, or at another broker), or the broker does not let this "
            "station read (its permissions)",
        ),
        (
            {"status": status(hub_says=False, unanswered_s=590.0)},
            "hub",
            "connected, and the hub says that it is away: records wait until it is back",
        ),
        (
            {"status": status(silent_s=900.0)},
            "hub",
            "connected, and the hub has acknowledged nothing for 15 min while records wait",
        ),
        ({"outbox": outbox(aside=2)}, "outbox", "2 records were set aside: the hub never took them"),
        (
            {"outbox": replace(outbox(aside=3), unread=3)},
            "outbox",
            "3 records are of a later version of this program and wait for it",
        ),
        (
            {"outbox": replace(outbox(), salvages=(Salvage(1, "outbox-damaged-1.db", 500, None),))},
            "outbox",
            "was damaged: 500 records carried over, an unknown number lost; the damaged file is outbox-damaged-1.db. "
            "If it happens again the disk fails; remove the file once it was seen",
        ),
        (
            {"status": status(not_kept=True)},
            "outbox",
            "the last facts could not be written down: the outbox or the disk is full",
        ),
        ({"disk_free": 100 * 1024**2}, "disk", "0.1 GiB free"),
        ({"broken": ["state.db: malformed"]}, "files", "state.db: malformed"),
        (
            {"status": status(forgotten=["judge"])},
            "memory",
            "could not be read when the agent started (judge): judging began anew",
        ),
        (
            {"asked": {"meter": "silence: no answer from address 10", "radar": None}},
            "device meter (pzem016 on bus-a)",
            "does not answer: silence: no answer from address 10",
        ),
    ],
)
def test_each_trouble_is_the_one_thing_wrong(changed: dict[str, Any], about: str, words: str) -> None:
    whole = facts()
    assert wrong(findings(replace(whole, **changed))) == [(about, words)]


def test_a_full_outbox_is_told_in_hours() -> None:
    full = outbox(now=300_000, used=int(DEFAULT_LIMIT * RESERVE) - 10_000_000)
    ((about, words),) = wrong(findings(facts(outbox=full, status=status(records_per_hour=1000.0))))
    assert about == "outbox"
    assert "95.9% of it used" in words
    assert "without the hub it lasts 13.0 h more, at 1000 records an hour of their size" in words


def test_few_errors_are_told_and_are_fine() -> None:
    said = status(devices=[device("meter", failures={"garbled": 3}, recent_failures={"garbled": 3}), device("radar")])
    found = findings(facts(status=said))
    assert wrong(found) == []
    assert "of the last 603 questions: CRC errors 0.5%" in [one.words for one in found][3]


def test_an_agent_that_just_started_is_given_time() -> None:
    young = [device(name, answers=0, recent_answers=0, answered_s=None) for name in ("meter", "radar")]
    said = status(running_s=5.0, devices=young, silent_s=None, records_per_hour=None)
    assert wrong(findings(facts(status=said))) == []


def test_a_radar_is_told_by_its_reports() -> None:
    lost = device("radar", failures={"lost": 5}, recent_failures={"lost": 3})
    found = findings(facts(status=status(devices=[device("meter"), lost])))
    assert wrong(found) == [("device radar (ld2410)", "last report 11 s ago, lost or silent 3 times lately")]
    assert ("device radar (ld2410)", "last report 11 s ago, 600 lately") in [
        (one.about, one.words) for one in findings(facts())
    ]


def test_an_open_question_is_told() -> None:
    question = Question(
        question=record_id(NOW, b"0" * 10),
        revision=1,
        facility="fridge-1",
        rule="FR4",
        text=Text("冰箱里有食物吗？", "Is there food in the fridge?"),
        choices=[Choice(id="yes", label=Text("有", "Yes"))],
        asked_at=NOW,
        due=NOW + timedelta(days=1),
    )
    board = Board(written_at=NOW, station="k3v9x2m7qa", facilities=[], questions=[question])
    assert "open for fridge-1: Is there food in the fridge?" in [one.words for one in findings(facts(board=board))]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-3, "0 s"), (40, "40 s"), (700, "12 min"), (19_800, "5.5 h"), (260_000, "3 days"), (10**9, "years")],
)
def test_a_span_has_one_unit(seconds: float, words: str) -> None:
    assert span(seconds) == words
