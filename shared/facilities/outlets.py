"""充电用插座: one facility with n sockets (health.md A6); a quantity of one socket carries its number, `voltage.2`."""

from shared.facility import DANGER, OTHER, Kind, Problem
from shared.states import Grade
from shared.text import Text

KIND = Kind(
    name="outlets",
    label=Text("充电插座", "Charging outlets"),
    scored=True,
    decisive=frozenset({"voltage"}),
    optional=frozenset(
        {
            "power",
            "current",
            "power_factor",
            "energy",
            "frequency",
            "strip_temperature",
            "breaker_tripped",
            "relay_on",
            "mains_lost",
        }
    ),
    per_socket=True,
    proof_grade=Grade.E2,
    not_observable=Text(
        "传感器看不到：触点磨损、接地、USB 口、破损电线、安全门。",
        "Sensors cannot see: worn contacts, the earth, USB parts, a damaged cord, the safety shutter.",
    ),
    problems=(
        DANGER,
        Problem("dead", Text("没有电", "No power")),
        Problem("loose", Text("插不紧", "Loose")),
        Problem("slow", Text("充电慢", "Charges slowly")),
        Problem("full", Text("占满了", "All taken")),
        OTHER,
    ),
)
