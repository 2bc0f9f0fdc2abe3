"""The one door to apprise: its plugins read the addresses people paste and send mail."""

import logging
import threading
import warnings
from typing import Any

with warnings.catch_warnings():
    # One of them looks for a module that Python 3.13 no longer has.
    warnings.simplefilter("ignore", DeprecationWarning)
    from apprise.plugins.custom_json import NotifyJSON
    from apprise.plugins.dingtalk import NotifyDingTalk
    from apprise.plugins.email import NotifyEmail
    from apprise.plugins.feishu import NotifyFeishu
    from apprise.plugins.wecombot import NotifyWeComBot

from hub.notices.kinds import Kind

__all__ = [
    "SCHEMES", "BadAddress", "NotifyDingTalk", "NotifyEmail", "NotifyFeishu", "NotifyJSON", "NotifyWeComBot", "Plugin",
    "plugin_of", "send_mail",
]  # fmt: skip
Plugin = NotifyWeComBot | NotifyDingTalk | NotifyFeishu | NotifyJSON | NotifyEmail
SCHEMES: dict[str, tuple[Kind, type[Plugin]]] = {
    "wecombot": (Kind.WECOM, NotifyWeComBot),
    "dingtalk": (Kind.DINGTALK, NotifyDingTalk),
    "feishu": (Kind.FEISHU, NotifyFeishu),
    "json": (Kind.WEBHOOK, NotifyJSON),
    "jsons": (Kind.WEBHOOK, NotifyJSON),
    "mailto": (Kind.MAIL, NotifyEmail),
    "mailtos": (Kind.MAIL, NotifyEmail),
}
"""What a road may be. The others of apprise are not: some run programs or speak to this machine."""
_APPRISE = logging.getLogger("apprise")
# Its log holds addresses: it is read here, for receipts, and goes nowhere else.
_APPRISE.propagate = False
_APPRISE.setLevel(logging.DEBUG)
_APPRISE.addHandler(logging.NullHandler())


class BadAddress(ValueError):
    """apprise cannot read it."""


def plugin_of(url: str) -> tuple[Kind, Plugin]:
    """The plugin an address means. Raises BadAddress; nothing is sent."""
    scheme = url.partition("://")[0].lower()
    if scheme not in SCHEMES:
        raise BadAddress(scheme)
    kind, plugin = SCHEMES[scheme]
    try:
        parts: dict[str, Any] | None = plugin.parse_url(url)  # type: ignore[no-untyped-call]
        if not parts:
            raise BadAddress(scheme)
        return kind, plugin(**parts)
    except (TypeError, ValueError, AttributeError) as error:
        # Its own kinds of refusal are TypeErrors.
        raise BadAddress(scheme) from error


def send_mail(plugin: NotifyEmail, title: str, body: str, key: str, timeout_s: float) -> tuple[bool, str]:
    """Whether the mail server took it, and what apprise said of it."""
    plugin.headers["X-Idempotency-Key"] = key
    plugin.socket_connect_timeout = plugin.socket_read_timeout = timeout_s
    said = _Said(threading.get_ident())
    _APPRISE.addHandler(said)
    try:
        return bool(plugin.send(body=body, title=title)), said.last  # type: ignore[no-untyped-call]
    finally:
        _APPRISE.removeHandler(said)


class _Said(logging.Handler):
    """Remembers why this thread's mail failed."""

    WHY = "Socket Exception: "

    def __init__(self, thread: int) -> None:
        super().__init__(logging.DEBUG)
        self.thread = thread
        self.last = ""

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread != self.thread:
            return
        words = record.getMessage()
        if words.startswith(self.WHY):
            self.last = words.removeprefix(self.WHY)
        elif record.levelno >= logging.WARNING and not self.last:
            self.last = words
