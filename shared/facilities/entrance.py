"""出入口: a beam pair counts who comes and goes, not scored; an estimate, never mixed with check-ins."""

from shared.facility import DANGER, OTHER, Kind, Problem
from shared.text import Text

KIND = Kind(
    name="entrance",
    label=Text("出入口", "Entrance"),
    scored=False,
    optional=frozenset({"beam_a", "beam_b", "door_open"}),
    not_observable=Text(
        "光束只数通过的人次；并排的两人会数成一人。", "The beams count passages; two abreast count as one."
    ),
    problems=(DANGER, Problem("door", Text("门打不开", "Door does not open")), OTHER),
)
