"""桌椅: no sensor proves them; judged by hand (health.md A7)."""

from shared.facility import DANGER, OTHER, Kind, Problem
from shared.text import Text

KIND = Kind(
    name="tables",
    label=Text("桌椅", "Tables and chairs"),
    scored=True,
    not_observable=Text("没有可靠的传感器，由人现场查看。", "No honest sensor exists; a person looks."),
    problems=(
        DANGER,
        Problem("broken", Text("坏了", "Broken")),
        Problem("too_few", Text("座位不够", "Too few seats")),
        Problem("dirty", Text("很脏", "Dirty")),
        OTHER,
    ),
)
