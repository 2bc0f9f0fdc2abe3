"""饮用水设备或茶桶: water to drink, hot on demand (health.md A5). A tea bucket has no wires and is judged by hand."""

from shared.facility import DANGER, OTHER, Kind, Problem
from shared.states import Grade
from shared.text import Text

KIND = Kind(
    name="drinking_water",
    label=Text("饮用水", "Drinking water"),
    scored=True,
    decisive=frozenset({"power", "hot_water_temperature"}),
    optional=frozenset({"voltage", "current", "power_factor", "energy", "water_low", "leak", "relay_on"}),
    proof_grade=Grade.E2,
    not_observable=Text(
        "传感器看不到：水质、滤芯寿命、无水位输入时桶是否已空、水杯。",
        "Sensors cannot see: water quality, the filter's age, an empty bottle without a level input, cups.",
    ),
    problems=(
        DANGER,
        Problem("no_water", Text("缺水", "No water")),
        Problem("not_hot", Text("水不热", "Not hot")),
        Problem("no_cups", Text("缺纸杯", "No cups")),
        Problem("leak", Text("漏水", "Leaks")),
        Problem("dirty", Text("很脏", "Dirty")),
        OTHER,
    ),
)
