"""The tracking radar's stream: whatever comes before a report, the report is found."""

from hypothesis import given
from hypothesis import strategies as st

from edge.drivers.ld2450 import DRIVER, SIZE
from tests.edge.drivers.radar import heard, listening

SOMEBODY = bytes.fromhex("AAFF0300 0E03B18610004001 0000000000000000 0000000000000000 55CC".replace(" ", ""))
NOBODY = bytes.fromhex("AAFF0300" + "00" * 24 + "55CC")
ACK = bytes.fromhex("FDFCFBFA0800FF0100000100400004030201")
BITS_OF_FRAMES = st.sampled_from([SOMEBODY[:n] for n in (1, 3, 4, 12, 29)] + [ACK, b"\xaa" * 7, SOMEBODY[4:]])
NOISE = st.lists(st.one_of(st.binary(max_size=30), BITS_OF_FRAMES), max_size=6).map(b"".join)


@given(noise=NOISE, pieces=st.lists(st.integers(1, 40), min_size=1, max_size=40))
def test_no_good_report_is_lost_after_noise(noise: bytes, pieces: list[int]) -> None:
    assert (
        heard(DRIVER, noise + NOBODY + SOMEBODY * 3, pieces)[-4:]
        == [{"people": 0.0}] + [{"people": 1.0, "x1": -0.782, "y1": 1.713, "speed1": -0.16}] * 3
    )


@given(data=st.lists(st.binary(max_size=200), max_size=20))
def test_noise_raises_nothing_and_is_not_kept(data: list[bytes]) -> None:
    reports = listening(DRIVER)
    for piece in data:
        for reading in reports.hear(piece):
            assert set(reading) <= set(DRIVER.channels)
        assert len(reports._kept) < SIZE
