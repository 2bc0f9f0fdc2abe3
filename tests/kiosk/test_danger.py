"""Where a report of danger has got to: nothing is said before it is so."""

from datetime import timedelta

import pytest

from kiosk import words
from kiosk.danger import stages, told_at
from shared.settings_message import OpenAlert
from tests.kiosk.station import NOW

LATER = NOW + timedelta(minutes=1)


def alert(
    facility: str | None, danger: bool = True, minutes: float | None = 1, subject: str | None = None
) -> OpenAlert:
    notified = None if minutes is None else NOW + timedelta(minutes=minutes)
    return OpenAlert(facility=facility, subject=subject, opened_at=NOW, danger=danger, notified_at=notified)


def test_stored_then_delivered_then_told() -> None:
    assert [text for _, text in stages(False, False, None, NOW)][1:] == [words.DANGER_NOT_SENT, words.DANGER_NOT_TOLD]
    assert [text for _, text in stages(True, False, None, NOW)][1:] == [words.DANGER_WAY, words.DANGER_NOT_TOLD]
    assert stages(True, True, None, NOW)[1] == ("●", words.DANGER_AT_HUB)
    assert stages(True, True, LATER, NOW)[2] == ("●", words.DANGER_TOLD.filled(time="09:01"))


def test_a_notice_older_than_the_report_is_said_to_be_an_earlier_one() -> None:
    assert stages(True, True, NOW - timedelta(minutes=5), NOW)[2][1] == words.DANGER_TOLD_BEFORE.filled(time="08:55")


@pytest.mark.parametrize(
    ("subject", "alerts", "told"),
    [
        ("outlets-1", [alert("outlets-1")], True),
        ("outlets-1", [alert("outlets-2")], False),
        ("outlets-1", [alert(None)], False),
        ("outlets-1", [alert("outlets-1", danger=False)], False),
        ("outlets-1", [alert("outlets-1", minutes=None)], False),
        ("door", [alert(None, subject="door")], True),
        ("door", [alert(None, subject="network")], False),
        ("other", [alert("outlets-1")], False),
        ("other", [], False),
    ],
)
def test_only_a_notice_of_danger_there_counts(subject: str, alerts: list[OpenAlert], told: bool) -> None:
    assert (told_at(alerts, subject) is not None) is told


def test_of_several_notices_the_last_counts() -> None:
    assert told_at([alert("fridge-1", minutes=1), alert("fridge-1", minutes=9)], "fridge-1") == NOW + timedelta(
        minutes=9
    )
