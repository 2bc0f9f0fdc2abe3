"""冰箱: keeps food at 8 ℃ or less (health.md A2)."""

from shared.facility import DANGER, OTHER, Kind, Problem
from shared.states import Grade
from shared.text import Text

KIND = Kind(
    name="fridge",
    label=Text("冰箱", "Fridge"),
    scored=True,
    decisive=frozenset({"cabinet_temperature", "power"}),
    optional=frozenset({"voltage", "current", "power_factor", "energy", "room_temperature", "door_open", "relay_on"}),
    proof_grade=Grade.E2,
    not_observable=Text(
        "传感器看不到：清洁、异味、变质食物、无探头的冷冻室、门封、照明、是否上锁或已满。",
        "Sensors cannot see: cleanliness, smell, spoiled food, a freezer without a probe, the gasket, the light, "
        "whether it is locked or full.",
    ),
    problems=(
        DANGER,
        Problem("not_cold", Text("不制冷", "Not cold")),
        Problem("door", Text("门关不上", "Door does not close")),
        Problem("dirty", Text("很脏", "Dirty")),
        Problem("smell", Text("有异味", "Smells")),
        Problem("full", Text("放满了", "Full")),
        OTHER,
    ),
)
