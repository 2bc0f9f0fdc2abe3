"""What the hub says is heard, whatever this machine's disk does meanwhile."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from edge.keep import Keep
from edge.mqtt import HubAddress
from edge.uplink import Uplink
from shared import topics
from shared.envelope import StationState
from shared.keys import spell_secret
from shared.moment import ClockQuality, Stamp
from shared.opening import Opening
from shared.outbox import Outbox
from shared.settings_message import StationSettings
from shared.text import Text

STATION = "k3v9x2m7qa"
NOW = datetime(2026, 11, 20, tzinfo=UTC)
SETTINGS = StationSettings(
    number=7, name=Text("站", "Station"), opening=Opening(), pledge=[], alerts=[], maintenance=[], commissioned_at=NOW
)


@pytest.fixture
def uplink(tmp_path: Path) -> Iterator[Uplink]:
    outbox, keep = Outbox(tmp_path / "outbox.db"), Keep(tmp_path)

    def full(_settings: StationSettings) -> None:
        raise OSError(28, "No space left on device")

    yield Uplink(
        STATION,
        spell_secret(b"1" * 16),
        HubAddress("127.0.0.1", 1, False),
        outbox,
        keep,
        lambda: Stamp(NOW, "boot", 1.0, ClockQuality.SYNCED),
        lambda: 1.0,
        full,
        random.Random(1),
    )
    outbox.close()
    keep.close()


def test_a_disk_that_keeps_no_number_still_lets_the_station_connect(uplink: Uplink) -> None:
    first = StationState.model_validate_json(uplink._parting().birth).connection
    uplink.keep.close()
    assert StationState.model_validate_json(uplink._parting().birth).connection == first + 1


def test_settings_that_cannot_be_kept_neither_end_the_connection_nor_count_as_applied(uplink: Uplink) -> None:
    uplink._heard(topics.settings(STATION), SETTINGS.json())
    assert uplink.settings_number == 0
    kept: list[StationSettings] = []
    uplink.told = kept.append
    uplink._heard(topics.settings(STATION), SETTINGS.json())
    assert (uplink.settings_number, kept) == (7, [SETTINGS])
