"""What may happen to an alert. Pure data."""

from enum import StrEnum

from shared.text import Text


class What(StrEnum):
    """Of one event."""

    OPENED = "opened"
    RAISED = "raised"
    """Louder than before, or for a worse reason."""
    REPORTED = "reported"
    """One more person said so."""
    ACKNOWLEDGED = "acknowledged"
    ASSIGNED = "assigned"
    COMMENT = "comment"
    PROMISED = "promised"
    ON_SITE = "on_site"
    LEFT = "left"
    UNIT_REPLACED = "unit_replaced"
    WORKS_AGAIN = "works_again"
    """Resolved by the readings."""
    RESOLVED = "resolved"
    """By a person, with a proof."""
    REOPENED = "reopened"
    FLAPPING = "flapping"
    """It comes and goes: from now on one alert without a notice each time."""
    INHIBITED = "inhibited"
    RELEASED = "released"
    """What was above it is over, and it still holds."""
    ESCALATED = "escalated"
    CLOSED = "closed"


LABELS: dict[What, Text] = {
    What.OPENED: Text("报警", "Opened"),
    What.RAISED: Text("升级", "Raised"),
    What.REPORTED: Text("又有人报告", "Reported again"),
    What.ACKNOWLEDGED: Text("确认", "Acknowledged"),
    What.ASSIGNED: Text("指派", "Assigned"),
    What.COMMENT: Text("备注", "Comment"),
    What.PROMISED: Text("承诺时间", "Promised"),
    What.ON_SITE: Text("到场", "On site"),
    What.LEFT: Text("离场", "Left"),
    What.UNIT_REPLACED: Text("更换机器", "Unit replaced"),
    What.WORKS_AGAIN: Text("恢复正常", "Works again"),
    What.RESOLVED: Text("修复", "Resolved"),
    What.REOPENED: Text("复发", "Came back"),
    What.FLAPPING: Text("反复", "Comes and goes"),
    What.INHIBITED: Text("暂不通知", "Notices held"),
    What.RELEASED: Text("重新通知", "Notices again"),
    What.ESCALATED: Text("上报", "Escalated"),
    What.CLOSED: Text("关闭", "Closed"),
}
