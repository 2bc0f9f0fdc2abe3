"""What is said of a complaint or a consultation by choice, and what the choices are called. Pure.

投诉、咨询 are the two words of 沪工援〔2018〕03号, chapter 6; the categories are ours.
"""

from enum import StrEnum

from shared.text import Text

CONTACT_DAYS = 30
"""So long after closing a way to reach the person is kept: time to ask back, and to open it again."""
SHORTEST, LONGEST = 5, 1000
"""Characters of what somebody writes."""
LONGEST_CONTACT = 64
LONGEST_ANSWER = 2000


class Kind(StrEnum):
    """What somebody brings."""

    COMPLAINT = "complaint"
    CONSULTATION = "consultation"


class Category(StrEnum):
    """What it is about."""

    FACILITY = "facility"
    HYGIENE = "hygiene"
    HOURS = "hours"
    SERVICE = "service"
    REFUSED = "refused"
    CHARGES = "charges"
    OTHER = "other"


class Stage(StrEnum):
    """How far it is."""

    RECEIVED = "received"
    CLASSIFIED = "classified"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    """There is an answer; who knows the code may read it."""
    REPLIED = "replied"
    """The answer has reached the person."""
    CLOSED = "closed"


UNANSWERED = (Stage.RECEIVED, Stage.CLASSIFIED, Stage.ASSIGNED)
"""Where it may be late."""
KINDS: dict[Kind, Text] = {
    Kind.COMPLAINT: Text("投诉", "Complaint"),
    Kind.CONSULTATION: Text("咨询", "Question"),
}
CATEGORIES: dict[Category, Text] = {
    Category.FACILITY: Text("设施坏了或缺少", "Equipment broken or missing"),
    Category.HYGIENE: Text("卫生", "Cleanliness"),
    Category.HOURS: Text("没有按时开放", "Not open when it should be"),
    Category.SERVICE: Text("服务态度", "How people were treated"),
    Category.REFUSED: Text("不让进、不让用", "Not let in, or not let use it"),
    Category.CHARGES: Text("收费", "Asked to pay"),
    Category.OTHER: Text("其他", "Something else"),
}
STAGES: dict[Stage, Text] = {
    Stage.RECEIVED: Text("待分类", "To be sorted"),
    Stage.CLASSIFIED: Text("待分派", "To be assigned"),
    Stage.ASSIGNED: Text("待答复", "To be answered"),
    Stage.ANSWERED: Text("已有答复，待告知本人", "Answered, not yet told"),
    Stage.REPLIED: Text("已告知本人", "The person knows"),
    Stage.CLOSED: Text("已办结", "Closed"),
}
STAGE_STATES: dict[Stage, str] = {
    Stage.RECEIVED: "degraded",
    Stage.CLASSIFIED: "degraded",
    Stage.ASSIGNED: "degraded",
    Stage.ANSWERED: "unknown",
    Stage.REPLIED: "ok",
    Stage.CLOSED: "ok",
}
"""Shape and colour of a stage: those of the state that asks for as much attention; what is late is down."""
TOLD: dict[Stage, Text] = {
    Stage.RECEIVED: Text("已收到，等待处理", "Received, waiting"),
    Stage.CLASSIFIED: Text("已收到，等待处理", "Received, waiting"),
    Stage.ASSIGNED: Text("正在处理", "Being worked on"),
    Stage.ANSWERED: Text("已答复", "Answered"),
    Stage.REPLIED: Text("已答复", "Answered"),
    Stage.CLOSED: Text("已办结", "Closed"),
}
"""What the person is told of it."""
DONE: dict[str, Text] = {
    "receive": Text("收到", "Received"),
    "classify": Text("分类", "Sorted"),
    "assign": Text("分派", "Assigned"),
    "answer": Text("答复", "Answered"),
    "reply": Text("告知本人", "Told the person"),
    "read": Text("本人查看了答复", "The person read the answer"),
    "close": Text("办结", "Closed"),
    "reopen": Text("重新办理", "Opened again"),
    "finding": Text("转为整改", "Made a finding of it"),
    "upload": Text("登记已上传 12351", "Noted as uploaded to 12351"),
    "forget_words": Text("按本人要求删除来信", "Deleted at the person's request"),
    "forget": Text("联系方式已到期删除", "The contact was deleted on time"),
}
THE_PERSON = ""
"""In place of a name: who wrote it. Nobody knows more."""
