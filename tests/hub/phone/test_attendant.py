"""The attendant's four digits: shown on asking, to whoever may answer at the station, and noted."""

import re
from datetime import timedelta
from typing import Any

from sqlmodel import select

from hub.trail.tables import TrailRow
from shared.door_code import ATTENDANT_STEP_S, is_attendant_code
from tests.hub.phone.conftest import KEY, STATION, Door

PLACE = f"/stations/{STATION}"


def test_the_digits_shown_open_the_kiosk_and_the_trail_says_who_saw_them(door: Door, maintainer: Any) -> None:
    page = maintainer.get(PLACE).text
    assert "显示值守码" in page
    answer = maintainer.post(f"{PLACE}/attendant-code")
    digits = re.search(r'class="digits number">(\d{4})<', answer.text)
    assert digits, answer.text
    assert digits[1] not in page
    assert is_attendant_code(KEY, STATION, digits[1], door.now)
    assert is_attendant_code(KEY, STATION, digits[1], door.now + timedelta(seconds=2 * ATTENDANT_STEP_S - 1))
    assert not is_attendant_code(KEY, STATION, digits[1], door.now + timedelta(seconds=2 * ATTENDANT_STEP_S))
    assert "14:10 换下一个" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    [noted] = door.hub.session.exec(select(TrailRow).where(TrailRow.what == "station.attendant_code")).all()
    assert (noted.who, noted.station) == ("王芳", STATION)
    assert digits[1] not in f"{noted.new}{noted.subject}{noted.reason}"


def test_a_station_without_a_key_has_none(door: Door, maintainer: Any) -> None:
    door.filed(sealed_qr_key=b"")
    assert "显示值守码" not in maintainer.get(PLACE).text
    assert maintainer.post(f"{PLACE}/attendant-code").status_code == 409
    assert door.hub.session.exec(select(TrailRow).where(TrailRow.what == "station.attendant_code")).all() == []


def test_nobody_else_sees_it(door: Door, stranger: Any) -> None:
    assert stranger.client.post(f"{PLACE}/attendant-code").status_code == 403
