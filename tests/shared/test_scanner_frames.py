"""A scanner's stream: codes come out whole or not at all, whatever is around them."""

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.scanner_frames import APART_S, LONGEST, SHORTEST, SILENCE_S, Scans

BOOK = tomllib.loads((Path(__file__).parents[1] / "frames" / "gm65.toml").read_text("utf-8"))
CODES = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=SHORTEST, max_size=LONGEST).map(
    str.encode
)
ENDINGS = st.sampled_from([b"\r", b"\n", b"\r\n"])
ANSWER = bytes.fromhex("02 00 00 01 00 33 31")
NOISE = st.one_of(
    st.binary(max_size=60).filter(lambda noise: not noise.strip(b"\r\n") or any(byte > 0x7F for byte in noise)),
    st.sampled_from([b"x" * (LONGEST + 1), b"ab", b"\x02\x00\x00\xff", ANSWER[:-1] + b"\x30"]),
)


def heard(stream: bytes, cuts: list[int]) -> list[bytes]:
    """What comes of a stream that arrives in pieces without a pause."""
    scans, found = Scans(), []
    places = sorted({0, len(stream), *(cut % (len(stream) + 1) for cut in cuts)})
    for start, stop in pairwise(places):
        found += scans.hear(stream[start:stop], 1.0)
    return found + scans.hear(b"", 9.0)


@pytest.mark.parametrize("case", [*BOOK["frame"], *BOOK["bad"]], ids=lambda case: case.get("source", case.get("why")))
def test_the_manuals_bytes_are_the_manuals_codes(case: dict[str, Any]) -> None:
    for cuts in ([], list(range(40))):
        assert heard(bytes.fromhex(case["answer"]), cuts) == [code.encode() for code in case.get("codes", [])]


@given(lines=st.lists(st.tuples(CODES, ENDINGS, st.booleans()), max_size=6), cuts=st.lists(st.integers(0, 900)))
def test_codes_glued_and_broken_anywhere_come_out_whole_and_in_order(
    lines: list[tuple[bytes, bytes, bool]], cuts: list[int]
) -> None:
    stream = b"".join((ANSWER if answered else b"") + code + end for code, end, answered in lines)
    assert heard(stream, cuts) == [code for code, _end, _answered in lines]


@given(noise=NOISE, code=CODES)
def test_a_code_after_noise_and_a_pause_is_heard(noise: bytes, code: bytes) -> None:
    scans = Scans()
    scans.hear(noise, 1.0)
    scans.hear(b"", 1.0 + 2 * SILENCE_S)
    found = scans.hear(code + b"\r", 1.0 + 2 * SILENCE_S)
    assert found[-1] == code


@given(noise=st.lists(st.binary(max_size=400), max_size=8))
def test_noise_raises_nothing_and_is_not_kept(noise: list[bytes]) -> None:
    scans = Scans()
    for at, piece in enumerate(noise):
        for code in scans.hear(piece, at / 100):
            assert SHORTEST <= len(code) <= LONGEST
            assert code.isascii()
            assert code.decode().isprintable()
        assert len(scans._kept) + len(scans._line) <= LONGEST + 24


def test_a_scanner_without_a_tail_ends_its_code_by_silence() -> None:
    scans = Scans()
    assert scans.hear(b"12", 0.0) == []
    assert scans.hear(b"34", SILENCE_S * 0.9) == []
    assert scans.hear(b"", SILENCE_S * 1.8) == []
    assert scans.hear(b"", SILENCE_S * 2) == [b"1234"]
    assert scans.hear(b"5678\r", SILENCE_S * 3) == [b"5678"]
    assert scans.hear(b"", 9.0) == []


def test_a_code_whose_reader_was_busy_in_the_middle_is_one_code() -> None:
    scans = Scans()
    assert scans.hear(b"6228480402", 0.0) == []
    assert scans.hear(b"564890018\r", 5.0) == [b"6228480402564890018"]


CARD = b"6228480402564890018"


@given(cut=st.integers(1, len(CARD)), pause=st.floats(SILENCE_S * 1.02, 30))
def test_a_pause_of_who_reads_is_none_of_the_scanner(cut: int, pause: float) -> None:
    scans = Scans()
    assert scans.hear(CARD[:cut], 1.0) == []
    assert scans.hear(CARD[cut:] + b"\r", 1.0 + pause) == [CARD]


@given(cut=st.integers(1, len(CARD) - 1), pause=st.floats(APART_S * 1.02, 30), code=CODES)
def test_without_a_tail_nobody_knows_what_a_pause_of_who_reads_was_and_the_next_code_is_heard(
    cut: int, pause: float, code: bytes
) -> None:
    scans = Scans()
    assert scans.hear(CARD[:cut], 1.0) == []
    assert scans.hear(CARD[cut:], 1.0 + pause) == []
    assert scans.hear(b"", 2.0 + pause) == []
    assert scans.hear(code, 3.0 + pause) == []
    assert scans.hear(b"", 4.0 + pause) == [code]


@given(cut=st.integers(0, len(CARD) - 1), pause=st.floats(0, APART_S * 0.98))
def test_without_a_tail_a_pause_too_short_for_another_card_breaks_none(cut: int, pause: float) -> None:
    scans = Scans()
    assert scans.hear(CARD[:cut], 1.0) == []
    assert scans.hear(CARD[cut:], 1.0 + pause) == []
    assert scans.hear(b"", 2.0 + pause) == [CARD]


@given(tail=st.sampled_from([b"", b"\r"]), late=st.floats(APART_S * 1.02, 30))
def test_cards_that_waited_together_are_told_apart_by_their_tails_or_are_none(tail: bytes, late: float) -> None:
    scans = Scans()
    found = scans.hear(b"GH-0041" + tail + b"GH-0042" + tail, 1.0 + late, since=1.0)
    found += scans.hear(b"", 3.0 + late, since=3.0 + late)
    assert found == ([b"GH-0041", b"GH-0042"] if tail else [])
    found = scans.hear(b"GH-0043", 5.0 + late, since=4.9 + late) + scans.hear(b"", 6.0 + late)
    assert found == [b"GH-0043"]


def test_a_code_that_is_too_long_is_dropped_whole_and_the_next_is_heard() -> None:
    assert heard(b"9" * (LONGEST + 1) + b"\r" + b"1234\r", []) == [b"1234"]
