"""The radar's stream: whatever comes before a report, the report is found."""

from hypothesis import given
from hypothesis import strategies as st

from edge.drivers.ld2410 import DRIVER
from tests.edge.drivers.radar import heard, listening

SOMEBODY = bytes.fromhex("F4F3F2F10D0002AA034F00644C0064320055 00F8F7F6F5".replace(" ", ""))
NOBODY = bytes.fromhex("F4F3F2F10D0002AA004500 3E4C000032005500F8F7F6F5".replace(" ", ""))
ACK = bytes.fromhex("FDFCFBFA0800FF01000001004000 04030201".replace(" ", ""))
BITS_OF_FRAMES = st.sampled_from([SOMEBODY[:n] for n in (1, 3, 8, 12, 22)] + [ACK, b"\xf4" * 7, SOMEBODY[4:]])
NOISE = st.lists(st.one_of(st.binary(max_size=30), BITS_OF_FRAMES), max_size=6).map(b"".join)


@given(noise=NOISE, pieces=st.lists(st.integers(1, 40), min_size=1, max_size=40))
def test_no_good_report_is_lost_after_noise(noise: bytes, pieces: list[int]) -> None:
    assert heard(DRIVER, noise + NOBODY + SOMEBODY * 3, pieces)[-4:] == [{"presence": 0.0}] + [{"presence": 1.0}] * 3


@given(data=st.lists(st.binary(max_size=200), max_size=20))
def test_noise_raises_nothing_and_is_not_kept(data: list[bytes]) -> None:
    reports = listening(DRIVER)
    for piece in data:
        for reading in reports.hear(piece):
            assert set(reading) == set(DRIVER.channels)
        assert len(reports._kept) < 45


def test_a_state_the_manual_does_not_know_is_no_reading() -> None:
    assert listening(DRIVER).hear(SOMEBODY[:8] + b"\x04" + SOMEBODY[9:]) == []
