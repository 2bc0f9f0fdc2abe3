"""The answer is found in noise, and nothing else is taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.rtu import Ear, Question

ANSWER = bytes.fromhex("01 04 04 01 31 02 22 2A CE")
REQUEST = bytes.fromhex("01 04 00 01 00 02 20 0B")
EXCEPTION = bytes.fromhex("01 84 02 C2 C1")
ASKED = Question(address=1, function=4)


@pytest.mark.parametrize("before", [b"", b"\x00", b"\xff\x00\x7f", b"\x01", b"\x01\x04", b"\x01\x84\x02", REQUEST])
@pytest.mark.parametrize("after", [b"", b"\x00", b"\x01\x04\x04"])
@pytest.mark.parametrize("frame", [ANSWER, EXCEPTION])
def test_stray_bytes_and_echoes_do_not_hide_the_answer(before: bytes, after: bytes, frame: bytes) -> None:
    assert ASKED.answer_in(before + frame + after) == frame


@pytest.mark.parametrize(
    "heard",
    [ANSWER[:-1], ANSWER[:-1] + b"\x00", REQUEST, bytes.fromhex("02 04 04 01 31 02 22 2A 8A"), b"", b"\x01" * 300],
    ids=["cut", "wrong crc", "echo", "another device", "nothing", "a stuck line"],
)
def test_what_is_not_the_answer_is_not_taken_for_it(heard: bytes) -> None:
    assert ASKED.answer_in(heard) is None


@given(noise=st.binary(max_size=60))
def test_no_noise_hides_the_answer(noise: bytes) -> None:
    assert ASKED.answer_in(noise) is not None or ASKED.answer_in(noise + ANSWER) == ANSWER


def test_an_ear_passes_on_the_answer_once_and_nothing_between_questions() -> None:
    ear = Ear(lambda: 7.0)
    assert ear.filter(True, REQUEST) == REQUEST
    assert ear.filter(False, ANSWER) == b""
    ear.listen_for(ASKED)
    assert ear.filter(False, b"\x00" + ANSWER[:4]) == b""
    assert ear.heard == 5
    assert ear.filter(False, b"\x00" + ANSWER) == ANSWER
    assert ear.filter(False, ANSWER) == b""
