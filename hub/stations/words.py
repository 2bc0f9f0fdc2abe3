"""What is filed of a station by choice, and what the choices are called. Pure."""

from enum import StrEnum

from shared.text import Text


class Standing(StrEnum):
    """How far a station is. One that left keeps its row and its code; it is revoked (`Station.revoked_at`)."""

    PLANNED = "planned"
    OPEN = "open"
    PAUSED = "paused"


class Staffing(StrEnum):
    """Whether somebody is there (AH-19)."""

    MANNED = "manned"
    PART = "part"
    UNMANNED = "unmanned"


class Access(StrEnum):
    """Whom it serves (SH-07)."""

    ALL = "all"
    SANITATION_ONLY = "sanitation_only"


STANDING_LABELS: dict[Standing, Text] = {
    Standing.PLANNED: Text("筹建中", "Planned"),
    Standing.OPEN: Text("运行中", "Running"),
    Standing.PAUSED: Text("暂停服务", "Paused"),
}
STAFFING_LABELS: dict[Staffing, Text] = {
    Staffing.MANNED: Text("有人值守", "Manned"),
    Staffing.PART: Text("部分时段有人", "Partly manned"),
    Staffing.UNMANNED: Text("无人值守", "Unmanned"),
}
ACCESS_LABELS: dict[Access, Text] = {
    Access.ALL: Text("全体户外职工", "All outdoor workers"),
    Access.SANITATION_ONLY: Text("仅环卫工", "Sanitation workers only"),
}
