"""What a phone carries: only the hub could have made it, for one station, for a while."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hub.keys import HubKeys, hub_keys
from hub.phone import tokens
from hub.phone.tokens import Done, FormToken, Receipt

NOW = datetime(2026, 7, 15, 6, 0, tzinfo=UTC)
STATION, OTHER = "k3v9x2m7qa", "q7m2x9v3ka"
FORM = FormToken(STATION, "phone", NOW, "a1b2")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> HubKeys:
    return hub_keys(tmp_path_factory.mktemp("hub"))


def test_a_form_comes_back_as_it_went(keys: HubKeys) -> None:
    assert tokens.read(keys, tokens.issued(keys, FORM), STATION, NOW) == FORM


@pytest.mark.parametrize(("age_s", "taken"), [(0, True), (599, True), (600, False), (-1, False)])
def test_it_is_good_for_ten_minutes(keys: HubKeys, age_s: int, taken: bool) -> None:
    found = tokens.read(keys, tokens.issued(keys, FORM), STATION, NOW + timedelta(seconds=age_s))
    assert (found is not None) is taken


def test_nobody_else_makes_one(keys: HubKeys, tmp_path: Path) -> None:
    made = tokens.issued(keys, FORM)
    assert tokens.read(keys, made, OTHER, NOW) is None
    assert tokens.read(hub_keys(tmp_path), made, STATION, NOW) is None
    for forged in ("", ".", "|||.", made[:-1], made.replace("phone", "static"), made + "0", made.upper(), "é" + made):
        assert tokens.read(keys, forged, STATION, NOW) is None, forged


def test_a_receipt_is_no_form_and_a_form_no_receipt(keys: HubKeys) -> None:
    receipt = tokens.receipt(keys, Receipt(FORM, Done.CHECKED_IN, NOW, FORM.record("check-in"), burst=True))
    assert tokens.read(keys, receipt, STATION, NOW) is None
    assert tokens.read_receipt(keys, tokens.issued(keys, FORM), STATION, NOW) is None
    found = tokens.read_receipt(keys, receipt, STATION, NOW)
    assert found == Receipt(FORM, Done.CHECKED_IN, NOW, FORM.record("check-in"), burst=True)
    assert tokens.read_receipt(keys, receipt, OTHER, NOW) is None
    assert max(len(receipt), len(tokens.issued(keys, FORM))) <= tokens.LONGEST


def test_one_form_stores_one_thing_under_one_id() -> None:
    assert FORM.record("feedback") == FORM.record("feedback")
    assert FORM.record("feedback") != FORM.record("check-in")
    assert FORM.record("feedback") != FormToken(STATION, "phone", NOW, "a1b3").record("feedback")


def test_only_a_check_in_is_taken_back_and_only_for_two_minutes() -> None:
    assert tokens.may_undo(Receipt(FORM, Done.CHECKED_IN, NOW), NOW + timedelta(minutes=2))
    assert not tokens.may_undo(Receipt(FORM, Done.CHECKED_IN, NOW), NOW + timedelta(seconds=121))
    assert not tokens.may_undo(Receipt(FORM, Done.ALREADY, NOW), NOW)


def test_taking_back_again_and_again_keeps_no_form_alive(keys: HubKeys) -> None:
    again = tokens.after(Receipt(FORM, Done.UNDONE, NOW + timedelta(minutes=9), "r"))
    assert tokens.lasts(again, NOW + timedelta(minutes=9))
    assert not tokens.lasts(again, NOW + timedelta(minutes=10))
