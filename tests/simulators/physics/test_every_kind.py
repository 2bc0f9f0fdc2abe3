"""What holds for every kind of facility."""

import pytest

from simulators.appliance import physics
from tests.simulators.physics.alone import MIDNIGHT, around, make


def test_without_mains_every_meter_is_silent():
    for kind in ("fridge", "microwave", "air_conditioner", "drinking_water"):
        appliance = make(kind)
        appliance.live(MIDNIGHT, around(mains=None))
        assert appliance.values["voltage"] is None
        assert appliance.values["power"] is None


def test_every_fault_of_every_kind_can_come_and_go():
    for kind, entry in physics().items():
        for how in entry.faults:
            appliance = make(kind)
            appliance.live(MIDNIGHT, around())
            appliance.break_down(how, MIDNIGHT + 30)
            appliance.live(MIDNIGHT + 60, around())
            assert appliance.how == how
            appliance.heal(MIDNIGHT + 90)
            appliance.live(MIDNIGHT + 120, around())
            assert appliance.how is None


def test_the_facts_of_a_judged_kind_are_there_before_and_in_every_fault():
    named = {
        "fridge": {"food"},
        "microwave": {"litre_k"},
        "air_conditioner": {"moved"},
        "drinking_water": {"water", "in_order"},
        "outlets": {"sockets", "good"},
    }
    for kind, facts in named.items():
        for how in physics()[kind].faults:
            appliance = make(kind)
            appliance.live(MIDNIGHT, around())
            assert set(appliance.facts(MIDNIGHT, around())) == facts
            appliance.break_down(how, MIDNIGHT + 30)
            assert set(appliance.facts(MIDNIGHT + 60, around())) == facts


@pytest.mark.parametrize("size", [None, 0.0, 0.3, 1.0])
def test_a_fault_is_of_the_size_given_or_of_its_typical_one(size):
    for kind, entry in physics().items():
        for how, fault in entry.faults.items():
            appliance = make(kind)
            appliance.break_down(how, MIDNIGHT, size)
            assert appliance.size == (fault.typical if size is None else size)
            assert 0 <= fault.typical <= 1
            assert fault.text
