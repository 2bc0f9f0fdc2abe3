"""冷暖空调: cools in summer, heats in winter (health.md A4)."""

from shared.facility import DANGER, OTHER, Kind, Problem
from shared.states import Grade
from shared.text import Text

KIND = Kind(
    name="air_conditioner",
    label=Text("空调", "Air conditioner"),
    scored=True,
    decisive=frozenset({"power"}),
    optional=frozenset(
        {
            "voltage",
            "current",
            "power_factor",
            "energy",
            "room_temperature",
            "room_humidity",
            "supply_temperature",
            "outdoor_temperature",
            "door_open",
            "relay_on",
        }
    ),
    proof_grade=Grade.E3,
    seasonal=True,
    not_observable=Text(
        "传感器看不到：噪声、风感、滤网、异味、户外职工能否自行开启。",
        "Sensors cannot see: noise, draught, the filter, smell, whether users may switch it on.",
    ),
    problems=(
        DANGER,
        Problem("not_cold", Text("不制冷", "Does not cool")),
        Problem("not_warm", Text("不制热", "Does not heat")),
        Problem("remote", Text("没有遥控器", "No remote control")),
        Problem("leak", Text("漏水", "Drips water")),
        Problem("smell", Text("有异味异响", "Smell or noise")),
        OTHER,
    ),
)
