"""微波炉: heats a meal (health.md A3)."""

from shared.facility import DANGER, OTHER, Kind, Problem
from shared.states import Grade
from shared.text import Text

KIND = Kind(
    name="microwave",
    label=Text("微波炉", "Microwave"),
    scored=True,
    decisive=frozenset({"power"}),
    optional=frozenset({"voltage", "current", "power_factor", "energy", "door_open", "relay_on"}),
    proof_grade=Grade.E3,
    not_observable=Text(
        "传感器看不到：微波输出与泄漏、转盘、炉腔清洁、门封。电功率正常不等于能加热。",
        "Sensors cannot see: microwave output and leakage, the turntable, cleanliness, the door seal. "
        "Normal electrical input is not heat.",
    ),
    problems=(
        DANGER,
        Problem("not_hot", Text("不加热", "Does not heat")),
        Problem("door", Text("门关不上", "Door does not close")),
        Problem("keys", Text("按键失灵", "Keys do not work")),
        Problem("dirty", Text("很脏", "Dirty")),
        Problem("smell", Text("有异味异响", "Smell or noise")),
        OTHER,
    ),
)
