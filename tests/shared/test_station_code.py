"""Official codes of Anhui by examples (工会驿站运维服务规范 4.5)."""

import pytest

from shared.station_code import BadCode, compact, next_sequence, padded_area, parse


@pytest.mark.parametrize(
    ("text", "area", "sequence", "kind"),
    [
        ("12055100001", "0551", 1, "normal"),
        ("12055300001s", "0553", 1, "micro"),
        ("12055800042d", "0558", 42, "mobile"),
    ],
)
def test_a_code_comes_apart_and_goes_together_again(text: str, area: str, sequence: int, kind: str) -> None:
    code = parse(text)
    assert (code.area, code.sequence, code.kind) == (area, sequence, kind)
    assert str(code) == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1205510001", "eleven digits"),
        ("13055100001", "starts with 12"),
        ("１２０５５１００００１", "eleven digits"),
        ("12155100001", "area code"),
        ("12055100001x", "eleven digits"),
        ("12055100000", "00001"),
    ],
)
def test_what_is_no_code_is_refused_and_told_why(text: str, why: str) -> None:
    with pytest.raises(BadCode, match=why):
        parse(text)


def test_suffix_and_kind_cannot_disagree() -> None:
    assert compact("12055100001s", "micro") == "12055100001s"
    with pytest.raises(BadCode, match="micro"):
        compact("12055100001s", "normal")


def test_a_building_site_may_go_without_a_code_and_no_other_may() -> None:
    assert compact(None, "construction_site") is None
    with pytest.raises(BadCode):
        compact("", "normal")


def test_an_area_code_of_three_digits_is_padded() -> None:
    assert padded_area("021") == "0021"
    assert padded_area("0551") == "0551"


def test_sequences_stay_contiguous_also_after_stations_left() -> None:
    assert next_sequence([]) == 1
    assert next_sequence([1, 2, 7]) == 8
