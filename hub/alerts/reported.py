"""What people report, as a maintainer reads it. Pure."""

from shared.facility import DANGER, OTHER, SUBJECTS, problems_of
from shared.text import Text

PEOPLE_RULE = "PEOPLE"
"""The `rule` of an alert people opened."""
BETWEEN = ":"


def key_of(subject: str, problem: str, stands: bool) -> tuple[str | None, str]:
    """Facility and problem of the alert; of what is no facility standing there the subject is part of the problem."""
    return (subject, problem) if stands else (None, f"{subject}{BETWEEN}{problem}")


def subject_of(facility: str | None, problem: str) -> str | None:
    """What people named: a facility, door, network, other. None: nobody reported it, a rule spoke."""
    if not problem:
        return None
    return facility if facility is not None else problem.partition(BETWEEN)[0]


def problem_of(facility: str | None, problem: str) -> str | None:
    """What people said is wrong, by its id in the catalogue. None: nobody reported it, a rule spoke."""
    if not problem:
        return None
    return problem if facility is not None else problem.partition(BETWEEN)[2]


def problem_label(facility: str | None, problem: str) -> Text:
    """What is wrong, in words; as it was sent where the catalogue does not know it."""
    subject, _, short = problem.partition(BETWEEN) if facility is None else (facility, "", problem)
    where = "" if facility is not None else SUBJECTS.get(subject, (Text(subject, subject), None))[0]
    known = next((one.label for one in problems_of(subject) if one.id == short), None)
    if known is None:
        known = next((one.label for one in (DANGER, OTHER) if one.id == short), Text(short, short))
    return known if isinstance(where, str) else Text(f"{where.zh}：{known.zh}", f"{where.en}: {known.en}")


def why(facility: str | None, problem: str, times: int, by_the_wall: int = 0) -> Text:
    """The reason of the alert. `by_the_wall`: so many of the reports came by the code on the wall, which works from
    anywhere.
    """
    label = problem_label(facility, problem)
    if times == 1:
        how = Text("（用墙上的码，不一定在现场）", " (by the code on the wall, perhaps not on the spot)")
        said = Text("有人报告", "Somebody reports")
    else:
        how = Text(f"（{by_the_wall} 次用墙上的码）", f" ({by_the_wall} by the code on the wall)")
        said = Text(f"有 {times} 人次报告", f"Reported {times} times")
    if not by_the_wall:
        how = Text("", "")
    return Text(f"{said.zh}{how.zh}：{label.zh}", f"{said.en}{how.en}: {label.en}")
