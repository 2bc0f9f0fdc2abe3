"""What WeCom, DingTalk, Feishu robots and webhooks are sent, and what their answers mean. Pure.

All three robots answer HTTP 200 to what they refuse and say so in the body: only a body that says zero is a receipt.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from hub.notices.kinds import Kind

LONGEST_ANSWER = 200
TOO_OFTEN = frozenset({"45009", "130101", "9499", "11232"})
"""WeCom, DingTalk and Feishu: too many within a minute."""
A_MINUTE = timedelta(minutes=1)
FOR_GOOD = frozenset({400, 401, 403, 404, 405, 410, 413, 415, 422})


@dataclass(frozen=True, slots=True)
class Words:
    """One message."""

    title: str
    body: str
    key: str
    """Idempotency key: the same at every attempt."""
    data: Mapping[str, object] = field(default_factory=dict)
    """The same for programs: webhooks only."""

    @property
    def text(self) -> str:
        """All of it."""
        return f"{self.title}\n{self.body}" if self.title else self.body


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `status` None: nothing did, and `text` says why."""

    status: int | None
    text: str
    patience_s: float | None = None
    """How long it asked to wait."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one attempt."""

    arrived: bool
    code: str
    answer: str
    patience: timedelta | None = None
    refused: bool = False
    """It will never work: the address is wrong, or the message is not accepted."""


def payload(
    kind: Kind, words: Words, mobiles: tuple[str, ...] = (), signature: Mapping[str, str] | None = None
) -> bytes:
    """The body of the request. `signature`: what stands beside the words of a Feishu robot."""
    said: dict[str, object]
    if kind is Kind.WECOM:
        said = {"msgtype": "text", "text": {"content": cut(words.text, 2048)}}
    elif kind is Kind.DINGTALK:
        at = {"atMobiles": list(mobiles), "isAtAll": False}
        said = {"msgtype": "text", "text": {"content": cut(words.text, 18000)}, "at": at}
    elif kind is Kind.FEISHU:
        said = {**(signature or {}), "msg_type": "text", "content": {"text": cut(words.text, 18000)}}
    else:
        said = {"version": "1", "title": words.title, "message": words.body, "key": words.key, "alerts": words.data}
    return json.dumps(said, ensure_ascii=False).encode()


def judged(kind: Kind, answer: Answer) -> Receipt:
    """Whether it arrived, by the endpoint's own word."""
    if answer.status is None:
        return Receipt(False, "", answer.text[:LONGEST_ANSWER])
    patience = None if answer.patience_s is None else timedelta(seconds=answer.patience_s)
    if not 200 <= answer.status < 300:
        refused = answer.status in FOR_GOOD
        if answer.status in (429, 503) and patience is None:
            patience = A_MINUTE
        return Receipt(False, str(answer.status), answer.text[:LONGEST_ANSWER], patience, refused)
    if kind is Kind.WEBHOOK:
        return Receipt(True, str(answer.status), answer.text[:LONGEST_ANSWER])
    return _robots(answer)


def _robots(answer: Answer) -> Receipt:
    """`{"errcode": 0, "errmsg": "ok"}` of WeCom and DingTalk, `{"code": 0, "msg": "success"}` of Feishu."""
    try:
        said = json.loads(answer.text)
        code = said.get("errcode", said.get("code", said.get("StatusCode")))
        words = str(said.get("errmsg", said.get("msg", said.get("StatusMessage", ""))))[:LONGEST_ANSWER]
    except (ValueError, AttributeError):
        code, words = None, answer.text[:LONGEST_ANSWER]
    if code is None or isinstance(code, bool):
        return Receipt(False, str(answer.status), f"not an answer of a robot: {words}"[:LONGEST_ANSWER])
    if code == 0:
        return Receipt(True, "0", words)
    often = str(code) in TOO_OFTEN
    return Receipt(False, str(code), words, A_MINUTE if often else None, refused=not often and code != -1)


def cut(text: str, most: int) -> str:
    """So many bytes at most, never in the middle of a character."""
    encoded = text.encode()
    return text if len(encoded) <= most else encoded[: most - 3].decode(errors="ignore") + "…"
