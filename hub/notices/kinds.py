"""The kinds of roads, the states of a notice, and what one waits for. Pure data."""

from enum import StrEnum

from shared.text import Text


class Kind(StrEnum):
    """What stands at the other end."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    MAIL = "mail"
    WEBHOOK = "webhook"


class State(StrEnum):
    """How far a notice has come."""

    QUEUED = "queued"
    HELD = "held"
    """Waits for what `Wait` says."""
    SENDING = "sending"
    SENT = "sent"
    """The endpoint said that it has it."""
    FAILED = "failed"
    """It will be tried again."""
    GIVEN_UP = "given_up"
    WITHDRAWN = "withdrawn"
    """Nobody needs it any more: somebody has the alert, or it is over."""


class Reminding(StrEnum):
    """What somebody is reminded of."""

    COMPLAINT_DUE = "complaint_due"
    COMPLAINT_LATE = "complaint_late"


class Wait(StrEnum):
    """Why a notice does not go at once."""

    DUTY = "duty"
    QUIET = "quiet"
    DIGEST = "digest"
    FLOOD = "flood"


WAITING = (State.QUEUED, State.HELD, State.FAILED)
"""What may still be withdrawn."""
KINDS: dict[Kind, Text] = {
    Kind.WECOM: Text("企业微信群机器人", "WeCom robot"),
    Kind.DINGTALK: Text("钉钉群机器人", "DingTalk robot"),
    Kind.FEISHU: Text("飞书群机器人", "Feishu robot"),
    Kind.MAIL: Text("邮件", "Mail"),
    Kind.WEBHOOK: Text("网络钩子", "Webhook"),
}
STATES: dict[State, Text] = {
    State.QUEUED: Text("待发送", "To be sent"),
    State.HELD: Text("暂缓", "Held"),
    State.SENDING: Text("发送中", "Being sent"),
    State.SENT: Text("已送达对方服务器", "Taken by the other side"),
    State.FAILED: Text("失败，将重试", "Failed, to be tried again"),
    State.GIVEN_UP: Text("失败，已放弃", "Failed, given up"),
    State.WITHDRAWN: Text("无需再发", "No longer needed"),
}
REMINDINGS: dict[Reminding, Text] = {
    Reminding.COMPLAINT_DUE: Text("投诉咨询快到期", "Complaint due soon"),
    Reminding.COMPLAINT_LATE: Text("投诉咨询已逾期", "Complaint overdue"),
}
REMINDING_SEVERITY: dict[Reminding, str] = {Reminding.COMPLAINT_DUE: "normal", Reminding.COMPLAINT_LATE: "high"}
"""What is due goes with others, what is late by itself; neither at night."""
WAITS: dict[Wait, Text] = {
    Wait.DUTY: Text("等待有人值班", "until somebody is on duty"),
    Wait.QUIET: Text("免打扰时段", "quiet hours"),
    Wait.DIGEST: Text("汇总发送", "goes with others"),
    Wait.FLOOD: Text("通知过多，合并发送", "too many at once, goes with others"),
}
SHAPES: dict[State, str] = {
    State.QUEUED: "unknown", State.HELD: "excluded", State.SENDING: "unknown", State.SENT: "ok",
    State.FAILED: "degraded", State.GIVEN_UP: "down", State.WITHDRAWN: "excluded",
}  # fmt: skip
"""Which shape and colour goes with the word."""
