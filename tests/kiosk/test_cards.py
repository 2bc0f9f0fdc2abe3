"""What is a card, what is kept of it, and how often it counts."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cards import AGAIN_S, Seen, is_card, is_goods, visitor_of
from shared.records import CheckIn

KEY, STATION = b"k" * 32, "k3v9x2m7qa"


@pytest.mark.parametrize("code", ["1234", "6901234567892", "GH-0042 17", "x" * 64])
def test_printable_codes_of_a_cards_length_are_cards(code: str) -> None:
    assert is_card(code, STATION)


@pytest.mark.parametrize(
    "code",
    [
        "123", "x" * 65, "12\x0034", "会员卡号一二三四", "    ", "https://example.org/1234", "HTTP://A.B/",
        "www.example.org", "HTTPS://STATION.EXAMPLE.ORG/C/K3V9X2M7QA/0123456789AB",
        "STATION.EXAMPLE.ORG/C/k3v9x2m7qa/0123456789AB", "TEL:12351",
    ],
)  # fmt: skip
def test_addresses_this_kiosks_own_code_and_noise_are_not(code: str) -> None:
    assert not is_card(code, STATION)


@pytest.mark.parametrize(
    "code",
    ["6901234567892", "6921168509256", "9787115428028", "4006381333931", "036000291452", "69012341", " 6901234567892 "],
)
def test_codes_of_goods_are_known_by_their_check_digit(code: str) -> None:
    assert is_goods(code)


@pytest.mark.parametrize(
    "code",
    [
        "6901234567893", "036000291453", "69012342", "96385074", "0012345678", "6228480402564890018", "GH-00420017",
        "690123456789X", "６９０１２３４５６７８９２", "", "00000000",
    ],
)  # fmt: skip
def test_other_numbers_are_not_goods(code: str) -> None:
    assert not is_goods(code)


@given(st.integers(0, 10**12 - 1), st.integers(1, 9))
def test_of_all_last_digits_one_makes_goods(body: int, more: int) -> None:
    found = [last for last in range(10) if is_goods(f"{body:012}{last}")]
    assert len(found) == 1
    assert not is_goods(f"{body:012}{(found[0] + more) % 10}")


def test_what_is_kept_is_a_keyed_hash_and_fits_its_record() -> None:
    visitor = visitor_of(KEY, "6901234567892")
    assert visitor == hmac.new(KEY, b"6901234567892", hashlib.sha256).hexdigest()[:32]
    assert CheckIn(occupation="unsaid", method="card", visitor=visitor).visitor == visitor
    assert visitor != visitor_of(b"j" * 32, "6901234567892")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 400)), max_size=40))
def test_a_card_counts_once_in_ten_minutes(steps: list[tuple[str, float]]) -> None:
    seen, now, counted = Seen(), 0.0, dict[str, float]()
    for visitor, pause in steps:
        now += pause
        age = seen.age(visitor, now)
        last = counted.get(visitor)
        assert (age is None) == (last is None or now - last >= AGAIN_S)
        if age is None:
            seen.note(visitor, visitor, now)
            counted[visitor] = now


def test_a_check_in_that_was_taken_back_may_be_made_again() -> None:
    seen = Seen()
    seen.note("a", "record", 0)
    seen.undone("record")
    assert seen.age("a", 1) is None
