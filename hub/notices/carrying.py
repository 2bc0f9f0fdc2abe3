"""Brings one message to one road and says what became of it.

apprise reads the address and speaks to mail servers. The robots are asked here, because apprise takes WeCom's and
DingTalk's HTTP 200 for a delivery whatever the body says.
"""

import base64
import hmac
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from hub.notices import asking
from hub.notices.addresses import ADDRESS, host_of
from hub.notices.kinds import Kind
from hub.notices.plugins import (
    BadAddress,
    NotifyDingTalk,
    NotifyEmail,
    NotifyFeishu,
    NotifyJSON,
    NotifyWeComBot,
    Plugin,
    plugin_of,
    send_mail,
)
from hub.notices.robots import LONGEST_ANSWER, Receipt, Words, judged, payload

GATEWAYS: dict[Kind, str] = {
    Kind.WECOM: "https://qyapi.weixin.qq.com",
    Kind.DINGTALK: "https://oapi.dingtalk.com",
    Kind.FEISHU: "https://open.feishu.cn",
}


@dataclass(frozen=True, slots=True)
class Carrier:
    """How this hub reaches the world."""

    hosts: tuple[str, ...] = ()
    """Where webhooks and mail servers of people's own may be."""
    mail_url: str = ""
    """The hub's own mail server; empty: it has none."""
    gateways: Mapping[str, str] = field(default_factory=dict)
    """Instead of the services' public hosts, by kind: an installation of one's own."""
    timeout_s: float = asking.TIMEOUT_S
    seconds: Callable[[], float] = time.time
    """Since 1970: what a robot signs its messages with."""

    def carry(self, url: str, words: Words) -> Receipt:
        """Takes no longer than a few time-outs. Never raises for what an endpoint does."""
        try:
            kind, plugin = plugin_of(self._through_own_server(url))
        except BadAddress:
            return Receipt(False, "", "the address cannot be read", refused=True)
        host, secret = host_of(plugin), _secret_of(url) if kind is Kind.FEISHU else ""
        if not url.startswith(ADDRESS) and host is not None and host.lower() not in {one.lower() for one in self.hosts}:
            return Receipt(False, "", f"{host} is not among notice_hosts any more", refused=True)
        receipt = (
            self._mail(plugin, words) if isinstance(plugin, NotifyEmail) else self._ask(kind, plugin, words, secret)
        )
        return _without_secrets(receipt, plugin, secret)

    def _through_own_server(self, url: str) -> str:
        if not url.startswith(ADDRESS):
            return url
        joint = "&" if "?" in self.mail_url else "?"
        return f"{self.mail_url}{joint}to={quote(url.removeprefix(ADDRESS), safe='')}"

    def _mail(self, plugin: NotifyEmail, words: Words) -> Receipt:
        arrived, said = send_mail(plugin, words.title, words.body, words.key, self.timeout_s)
        return Receipt(arrived, "250" if arrived else "", ("" if arrived else said)[:LONGEST_ANSWER])

    def _ask(self, kind: Kind, plugin: Plugin, words: Words, secret: str) -> Receipt:
        mobiles = tuple(str(one) for one in plugin.targets) if isinstance(plugin, NotifyDingTalk) else ()
        headers = {"Idempotency-Key": words.key, "User-Agent": "waystation"}
        if isinstance(plugin, NotifyJSON):
            headers |= plugin.headers | _basic(plugin)
        base = self.gateways.get(kind, GATEWAYS.get(kind, "")).rstrip("/")
        body = payload(kind, words, mobiles, signed(secret, int(self.seconds())) if secret else None)
        answer = asking.post(_address(plugin, base), body, headers, self.timeout_s)
        return judged(kind, answer)


def signed(secret: str, at: int) -> dict[str, str]:
    """What Feishu wants of a robot whose messages are signed: nothing, keyed by second and secret (its document
    自定义机器人使用指南, 签名校验).
    """
    digest = hmac.digest(f"{at}\n{secret}".encode(), b"", "sha256")
    return {"timestamp": str(at), "sign": base64.b64encode(digest).decode()}


def _secret_of(url: str) -> str:
    return parse_qs(urlsplit(url).query).get("secret", [""])[0]


def _address(plugin: Plugin, base: str) -> str:
    match plugin:
        case NotifyWeComBot():
            return f"{base}/cgi-bin/webhook/send?key={quote(plugin.key)}"
        case NotifyFeishu():
            return f"{base}/open-apis/bot/v2/hook/{quote(plugin.token)}"
        case NotifyDingTalk():
            address = f"{base}/robot/send?access_token={quote(plugin.token)}"
            if not plugin.secret:
                return address
            # Already made fit for an address.
            timestamp, signature = plugin.get_signature()  # type: ignore[no-untyped-call]
            return f"{address}&timestamp={timestamp}&sign={signature}"
        case _:
            port = f":{plugin.port}" if plugin.port else ""
            asked = f"?{urlencode(plugin.params)}" if isinstance(plugin, NotifyJSON) and plugin.params else ""
            path = quote(plugin.fullpath or "/", safe="/%:@")
            return f"{'https' if plugin.secure else 'http'}://{plugin.host}{port}{path}{asked}"


def _basic(plugin: NotifyJSON) -> dict[str, str]:
    if not plugin.user:
        return {}
    pair = f"{plugin.user}:{plugin.password or ''}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def _without_secrets(receipt: Receipt, plugin: Plugin, secret: str) -> Receipt:
    """An answer may quote the address it was asked by."""
    said = receipt.answer
    names = ("key", "token", "secret", "password", "fullpath")
    for value in (secret, *(getattr(plugin, name, None) for name in names)):
        if isinstance(value, str) and len(value) > 3:
            said = said.replace(value, "…")
    return Receipt(receipt.arrived, receipt.code, said, receipt.patience, receipt.refused)
