"""The sockets: each its own meter, one breaker."""

import pytest

from simulators.people import Day, Use
from tests.simulators.physics.alone import MIDNIGHT, around, lived, make

CHARGE = Day(charging=(Use(MIDNIGHT, MIDNIGHT + 3600, 20.0, 2),))


def test_a_phone_charges_at_its_socket_only():
    row = list(lived(make("outlets", CHARGE), around(), MIDNIGHT, 0.2))[-1]

    assert row["power.1"] == 0
    assert 10 < (row["power.2"] or 0) <= 21
    assert (row["current.2"] or 0) > 0.02
    assert 198 < (row["voltage.1"] or 0) < 235.4
    assert row["breaker_tripped"] == 0


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("trip", {"breaker_tripped": (1, 1), "voltage.1": None, "voltage.2": None, "power.2": None}),
        ("socket_dead", {"breaker_tripped": (0, 0), "voltage.1": (220, 240), "voltage.2": None}),
        ("out_of_band", {"voltage.1": (150, 197), "voltage.2": (150, 197)}),
        ("overload", {"current.1": (10.1, 13), "strip_temperature": (60, 90)}),
    ],
)
def test_broken_outlets(how, expected):
    outlets = make("outlets", CHARGE)
    outlets.break_down(how, MIDNIGHT)
    row = list(lived(outlets, around(), MIDNIGHT, 2))[-1]

    for quantity, band in expected.items():
        value = row[quantity]
        if band is None:
            assert value is None
        else:
            assert value is not None
            assert band[0] <= value <= band[1]
