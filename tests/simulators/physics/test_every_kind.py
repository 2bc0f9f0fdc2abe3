"""What holds for every kind of facility."""

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
