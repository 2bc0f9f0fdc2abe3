"""出入口: beams or a tracking radar count who comes and goes, not scored; an estimate, never mixed with check-ins."""

from shared.facility import DANGER, OTHER, Kind, Problem
from shared.text import Text

KIND = Kind(
    name="entrance",
    label=Text("出入口", "Entrance"),
    scored=False,
    optional=frozenset({"beam_a", "beam_b", "door_open", "people"})
    | {f"target_{slot}_{axis}" for slot in (1, 2, 3) for axis in ("x", "y")},
    not_observable=Text(
        "光束或雷达只数通过的人次；并排的两人会数成一人，雷达同时最多看见三人。",
        "Beams or radar count passages; two abreast count as one, and a radar sees three people at most.",
    ),
    problems=(DANGER, Problem("door", Text("门打不开", "Door does not open")), OTHER),
)
