"""What is said of a finding by choice, and what the choices are called. Pure."""

from enum import StrEnum

from shared.text import Text


class Severity(StrEnum):
    """How soon it must be put right; the words are those of alerts (`hub.health.words.SEVERITIES`)."""

    SAFETY = "safety"
    HIGH = "high"
    NORMAL = "normal"


class Owner(StrEnum):
    """Who must put it right."""

    STATION_HEAD = "station_head"
    MAINTAINER = "maintainer"
    UNION = "union"


class Stage(StrEnum):
    """How far it is."""

    OPEN = "open"
    TAKEN_UP = "taken_up"
    FIXED = "fixed"
    VERIFIED = "verified"
    CLOSED = "closed"


class Source(StrEnum):
    """Where it comes from."""

    ITEM = "item"
    """The lowest points of an item."""
    HAND = "hand"
    """A person wrote it down."""


OWNERS: dict[Owner, Text] = {
    Owner.STATION_HEAD: Text("站长", "Station head"),
    Owner.MAINTAINER: Text("维护员", "Maintainer"),
    Owner.UNION: Text("所属工会", "Union in charge"),
}
STAGES: dict[Stage, Text] = {
    Stage.OPEN: Text("待处理", "Open"),
    Stage.TAKEN_UP: Text("处理中", "Taken up"),
    Stage.FIXED: Text("待核实", "Fixed, to be verified"),
    Stage.VERIFIED: Text("已核实", "Verified"),
    Stage.CLOSED: Text("已关闭", "Closed"),
}
STAGE_STATES: dict[Stage, str] = {
    Stage.OPEN: "down",
    Stage.TAKEN_UP: "degraded",
    Stage.FIXED: "unknown",
    Stage.VERIFIED: "ok",
    Stage.CLOSED: "ok",
}
"""Shape and colour of a stage: those of the state that asks for as much attention."""
DONE: dict[str, Text] = {
    "made": Text("提出", "Raised"),
    "seen_again": Text("再次检查发现", "Found again"),
    "take_up": Text("接手处理", "Taken up"),
    "fix": Text("报告已修好", "Reported fixed"),
    "verify": Text("核实", "Verified"),
    "send_back": Text("退回：没有修好", "Sent back: not fixed"),
    "close": Text("关闭", "Closed"),
    "reopen": Text("重新打开", "Opened again"),
    "hand_over": Text("改由他人负责", "Handed over"),
    "reinspect": Text("安排复查", "Re-inspection asked for"),
}
OWNER_OF_ROLE: dict[str, Owner] = {
    "station_head": Owner.STATION_HEAD,
    "maintainer": Owner.MAINTAINER,
    "province": Owner.UNION,
    "city": Owner.UNION,
    "district": Owner.UNION,
    "industry": Owner.UNION,
}
"""Whose findings are "mine", by role."""
