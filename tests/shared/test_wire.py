"""Records and envelopes: what holds crosses, what does not is named, one bad record takes no other down."""

import json
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from shared.envelope import BadEnvelope, Envelope, read_envelope
from shared.facility import UnknownKind, kind_of, kinds
from shared.ids import is_station_id, record_id, station_id
from shared.keys import BadSecret, mqtt_password, qr_key, spell_secret
from shared.moment import ClockQuality, quality
from shared.quantities import QUANTITIES, UnknownQuantity, split
from shared.records import CheckIn, Minute, Proof, Record
from shared.states import State
from shared.topics import station_of, up_now

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


def record(**fact: object) -> Record:
    return Record(
        id=record_id(NOON, b"0123456789"),
        at=NOON,
        boot="b",
        uptime=1.0,
        clock=ClockQuality.SYNCED,
        fact=CheckIn(occupation="courier"),
    ).model_copy(update=fact)


def envelope(*records: Record) -> bytes:
    return (
        Envelope(
            id="e",
            station="k3v9x2m7qa",
            boot="b",
            connection=1,
            clock=ClockQuality.SYNCED,
            sent_at=NOON,
            records=[*records],
        )
        .model_dump_json()
        .encode()
    )


def test_what_was_sent_is_what_is_read() -> None:
    minute = record(fact=Minute(minute=NOON, states={"fridge-1": State.OK, "outlets-1": State.EXCLUDED}))
    head, records, unreadable = read_envelope(envelope(record(), minute))
    assert (head.station, head.connection) == ("k3v9x2m7qa", 1)
    assert records == [record(), minute]
    assert unreadable == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"type": "vibration", "level": 3}, "vibration"),
        ({"type": "checkin", "occupation": ""}, "occupation"),
        ({"type": "checkin", "occupation": "courier", "phone": "13812345678"}, "phone"),
        ({"type": "feedback", "score": 5}, "score"),
        ({"type": "minute", "minute": "2026-11-20T04:00:00", "states": {}}, "timezone"),
        ({"type": "proof", "facility": "f", "rule": "r", "rule_version": 1, "grade": 3, "proved_at": "x"}, "proved_at"),
        (None, "fact"),
    ],
)
def test_a_record_that_does_not_hold_is_set_apart_with_its_reason(change: object, why: str) -> None:
    parts = json.loads(envelope(record(), record()))
    parts["records"][0]["fact"] = change
    _, records, (bad,) = read_envelope(json.dumps(parts).encode())
    assert len(records) == 1
    assert bad.id == record().id
    assert why in bad.why
    assert json.loads(bad.raw)["fact"] == change


@pytest.mark.parametrize("payload", [b"", b"\xff\x00", b"[]", b"{}", b'{"records": 3}', b'{"records": []}', b"nul"])
def test_what_is_no_envelope_is_refused(payload: bytes) -> None:
    with pytest.raises(BadEnvelope):
        read_envelope(payload)


@pytest.mark.parametrize("depth", [300, 990, 100_000])
@pytest.mark.parametrize("before", [b"", b'{"records": [', b'{"records": [{"fact": '], ids=["alone", "record", "fact"])
def test_what_is_nested_too_deep_is_refused_and_nothing_else(before: bytes, depth: int) -> None:
    after = {b"": b""}.get(before, b"}" * (before.count(b"{") - 1) + b"]}")
    with pytest.raises(BadEnvelope):
        read_envelope(before + b"[" * depth + b"]" * depth + after)


def test_infinite_figures_are_refused() -> None:
    with pytest.raises(ValidationError):
        Proof(facility="f", rule="r", rule_version=1, grade=3, proved_at=NOON, values={"x": float("inf")})


def test_record_ids_sort_by_time_and_are_version_seven() -> None:
    earlier, later = record_id(NOON, b"\xff" * 10), record_id(NOON.replace(hour=5), b"\x00" * 10)
    assert earlier < later
    assert earlier[14] == "7"
    assert earlier[19] in "89ab"


def test_a_station_id_is_ten_of_its_alphabet() -> None:
    assert is_station_id(station_id(bytes(range(10))))
    assert not is_station_id("K3V9X2M7QA")


def test_keys_of_a_secret_differ_by_purpose_and_station() -> None:
    one, two = spell_secret(b"1" * 16), spell_secret(b"2" * 16)
    assert mqtt_password(one) != mqtt_password(two)
    assert mqtt_password(one).encode() != qr_key(one)
    assert mqtt_password(one) == mqtt_password(one.upper())
    with pytest.raises(BadSecret):
        mqtt_password("not a secret")


def test_a_topic_tells_its_station() -> None:
    assert station_of(up_now("k3v9x2m7qa")) == "k3v9x2m7qa"
    with pytest.raises(ValueError, match="home"):
        station_of("home/kitchen/up/now")


def test_every_kind_is_its_files_name_and_wires_known_quantities() -> None:
    for name, kind in kinds().items():
        assert kind.name == name
        assert kind.quantities <= QUANTITIES.keys()
        assert kind.label.zh
        assert kind.label.en
        assert kind.problems[0].danger


def test_a_facilitys_kind_is_in_its_id() -> None:
    assert kind_of("air_conditioner-2") == "air_conditioner"
    for wrong in ("fridge", "fridge-0", "sauna-1", "Fridge-1"):
        with pytest.raises(UnknownKind):
            kind_of(wrong)


def test_a_sockets_quantity_carries_its_number() -> None:
    assert split("voltage.2") == (QUANTITIES["voltage"], 2)
    assert split("power") == (QUANTITIES["power"], None)
    for wrong in ("voltage.", "voltage.0", "volts", "voltage.x"):
        with pytest.raises(UnknownQuantity):
            split(wrong)


def test_a_clock_before_the_last_good_time_is_wrong() -> None:
    assert quality(datetime(1970, 1, 1, tzinfo=UTC), True, NOON) is ClockQuality.WRONG
    assert quality(NOON, False, NOON) is ClockQuality.PLAUSIBLE
    assert quality(NOON, True, None) is ClockQuality.SYNCED
