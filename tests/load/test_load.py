"""The load generator itself: its bytes are MQTT's, its envelopes are real, and no wrong acknowledgement passes."""

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.bounds import ENVELOPE_LIMIT, ENVELOPE_RECORDS
from shared.envelope import Ack, Envelope
from shared.records import Minute, Quarter
from tests.benchmarks.load import acks, codec
from tests.benchmarks.load.told import FACILITIES, Calendar, Said, Speech

START = datetime(2026, 3, 1, tzinfo=UTC)


def speech(number: int = 3) -> Speech:
    return Speech("abcdefghij", number, Calendar(START))


def word(said: Said, committed: list[str] | None = None, **changed: object) -> acks.Word:
    ack = Ack(envelope=said.id, committed=list(said.records) if committed is None else committed, time=START)
    return acks.read(ack.model_copy(update=changed).model_dump_json().encode())


@pytest.mark.parametrize(
    ("built", "manual"),
    [
        # Section 3.1 of the standard: name, level 4, flags, keep alive, then client, user and password.
        (codec.connect("a", "b", "c", 10), b"\x10\x13\x00\x04MQTT\x04\xc2\x00\x0a\x00\x01a\x00\x01b\x00\x01c"),
        # 3.8: the reserved flags are 0010.
        (codec.subscribe(10, "a/b", 1), b"\x82\x08\x00\x0a\x00\x03a/b\x01"),
        # 3.3, at QoS 1.
        (codec.publish(codec.spelled("a/b"), 10, b"hi"), b"\x32\x09\x00\x03a/b\x00\x0ahi"),
    ],
)
def test_packets_are_the_standards_bytes(built: bytes, manual: bytes) -> None:
    assert built == manual


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_packets_come_whole_however_the_bytes_are_cut(payloads: list[bytes], chance: random.Random) -> None:
    stream = b"".join(codec.publish(codec.spelled("t"), 7, payload) for payload in payloads)
    reader, found = codec.Reader(), []
    while stream:
        cut = chance.randint(1, len(stream))
        found += reader.feed(stream[:cut])
        stream = stream[cut:]
    assert [packet.message() for packet in found] == [(b"t", payload) for payload in payloads]


def test_a_length_of_five_bytes_is_no_packet() -> None:
    with pytest.raises(codec.BadPacket):
        codec.Reader().feed(b"\x30\xff\xff\xff\xff\x01")


@pytest.mark.parametrize(
    ("packet", "accepted"),
    [
        (b"\x20\x02\x00\x00", True),
        (b"\x20\x02\x00\x05", False),
        (b"\x90\x03\x00\x01\x00", True),
        (b"\x90\x03\x00\x01\x80", False),
    ],
)
def test_a_refusal_is_seen(packet: bytes, accepted: bool) -> None:
    [read] = codec.Reader().feed(packet)
    assert read.accepted is accepted


@pytest.mark.parametrize("number", range(3))
def test_what_is_told_is_what_the_models_of_the_wire_spell(number: int) -> None:
    telling = speech(number)
    for said in (telling.minute(61), telling.quarter(60), telling.backlog(62, 100)):
        envelope = Envelope.model_validate_json(said.payload)
        assert envelope.model_dump_json().encode() == said.payload
        assert (envelope.id, tuple(record.id for record in envelope.records)) == (said.id, said.records)


def test_minutes_and_quarters_follow_each_other_without_a_gap() -> None:
    telling, minutes, quarters, at = speech(), [], [], 7
    for _ in range(3):
        said = telling.backlog(at, 10_000)
        facts = [record.fact for record in Envelope.model_validate_json(said.payload).records]
        minutes += [fact.minute for fact in facts if isinstance(fact, Minute)]
        quarters += [fact.start for fact in facts if isinstance(fact, Quarter)]
        at += said.minutes
    assert minutes == [Calendar(START).at(minute) for minute in range(7, at)]
    assert quarters == [Calendar(START).at(minute - 14) for minute in range(7, at) if minute % 15 == 14]


def test_an_envelope_of_the_backlog_is_as_full_as_the_wire_allows() -> None:
    said = speech().backlog(0, 10_000)
    assert len(said.payload) <= ENVELOPE_LIMIT and len(said.records) <= ENVELOPE_RECORDS
    assert len(said.records) > ENVELOPE_RECORDS / 3
    assert speech().backlog(0, 20).minutes == 20


def test_the_mix_is_six_facilities_and_twenty_quantities() -> None:
    assert len(FACILITIES) == 6 and sum(map(len, FACILITIES.values())) == 20


def test_no_two_stations_and_no_two_minutes_share_an_id() -> None:
    ids = [id_ for number in range(20) for id_ in speech(number).backlog(0, 150).records]
    assert len(set(ids)) == len(ids)


def test_the_hubs_word_for_all_of_it_in_any_order_is_right() -> None:
    said = speech().backlog(0, 30)
    assert acks.fault(word(said), said) is None
    assert acks.fault(word(said, list(reversed(said.records))), said) is None


def test_any_other_word_is_wrong() -> None:
    said = speech().backlog(0, 30)
    ids = list(said.records)
    for committed in ([], ids[1:], [*ids, ids[0]], [*ids[1:], ids[1]], [*ids[1:], "another"], [*ids, "another"]):
        assert acks.fault(word(said, committed), said) is not None, committed[-2:]
    assert acks.fault(word(said, ids[1:], quarantined=ids[:1]), said) is not None
    assert acks.fault(word(said), replace(said, id="another")) is not None
