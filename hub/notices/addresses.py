"""The addresses people paste: made an address of apprise's, or refused with the reason; and what of it may be shown."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from hub.notices.kinds import Kind
from hub.notices.plugins import NotifyEmail, NotifyJSON, NotifyWeComBot, Plugin, plugin_of
from shared.text import Text

LONGEST = 500
ADDRESS = "address:"
"""Stored in front of a plain mail address, which goes through the hub's own mail server."""
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_FEISHU = re.compile(r"/open-apis/bot/(?:v2/)?hook/([A-Za-z0-9-]+)/?")

UNREADABLE = Text(
    "看不懂这个地址。请粘贴群机器人的 Webhook 地址，或填写邮箱。",
    "This address cannot be read. Paste the webhook address of a robot, or write a mail address.",
)
NO_MAIL = Text(
    "中心没有设置邮件服务器（hub.toml 的 mail_url），请联系管理员。",
    "The hub has no mail server (mail_url in hub.toml). Ask the administrator.",
)
TOO_LONG = Text("地址太长。", "The address is too long.")


@dataclass(frozen=True, slots=True)
class BadRoad(Exception):
    """An address that cannot be a road."""

    why: Text


@dataclass(frozen=True, slots=True)
class Accepted:
    """An address that can."""

    kind: Kind
    url: str
    """Holds secrets."""
    shown: str


def accept(typed: str, hosts: Collection[str], mail_url: str) -> Accepted:
    """Raises BadRoad. `hosts`: where webhooks and mail servers of people's own may be; `mail_url`: the hub's own."""
    url = typed.strip()
    if len(url) > LONGEST:
        raise BadRoad(TOO_LONG)
    if not url.isprintable() or " " in url:
        raise BadRoad(UNREADABLE)
    if _MAIL.fullmatch(url):
        if not mail_url:
            raise BadRoad(NO_MAIL)
        return Accepted(Kind.MAIL, f"{ADDRESS}{url}", url)
    try:
        url = _native(url)
        kind, plugin = plugin_of(url)
    except ValueError as error:
        raise BadRoad(UNREADABLE) from error
    if (host := host_of(plugin)) is not None and host.lower() not in {one.lower() for one in hosts}:
        raise BadRoad(
            Text(
                f"管理员没有允许向 {host} 发送（hub.toml 的 notice_hosts）。",
                f"The administrator has not allowed {host} (notice_hosts in hub.toml).",
            )
        )
    return Accepted(kind, url, shown(plugin))


def host_of(plugin: Plugin) -> str | None:
    """The host somebody chose. None: the service's own."""
    if isinstance(plugin, NotifyJSON):
        return str(plugin.host)
    return str(plugin.smtp_host) if isinstance(plugin, NotifyEmail) else None


def shown(plugin: Plugin) -> str:
    """Enough to tell two apart, and no secret."""
    match plugin:
        case NotifyJSON():
            port = f":{plugin.port}" if plugin.port else ""
            return f"{'https' if plugin.secure else 'http'}://{plugin.host}{port}/…"
        case NotifyEmail():
            return ", ".join(address for _, address in plugin.targets)[:80]
        case NotifyWeComBot():
            return f"…{plugin.key[-4:]}"
        case _:
            return f"…{plugin.token[-4:]}"


def _native(url: str) -> str:
    """What the services themselves give people to copy, and the web's own scheme for a webhook.

    Where a robot wants signed messages its secret is put behind the address: `…&secret=SEC…`.
    """
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    if parts.scheme not in ("http", "https"):
        return url
    if parts.hostname == "qyapi.weixin.qq.com" and "key" in asked:
        return f"wecombot://{asked['key'][0]}"
    if parts.hostname == "oapi.dingtalk.com" and "access_token" in asked:
        secret = f"{quote(asked['secret'][0], safe='')}@" if "secret" in asked else ""
        return f"dingtalk://{secret}{asked['access_token'][0]}"
    if parts.hostname in ("open.feishu.cn", "open.larksuite.com") and (hook := _FEISHU.fullmatch(parts.path)):
        return f"feishu://{hook[1]}" + (f"?{urlencode({'secret': asked['secret'][0]})}" if "secret" in asked else "")
    return f"json{url.removeprefix('http')}"
