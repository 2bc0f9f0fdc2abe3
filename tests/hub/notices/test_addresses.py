"""What people paste, and what of it may be shown."""

import pytest

from hub.notices.addresses import BadRoad, accept

HOSTS = ("127.0.0.1", "hooks.example.org")
MAIL = "mailtos://hub:secret@smtp.example.org:587?from=hub@example.org"


@pytest.mark.parametrize(
    ("typed", "kind", "url", "shown"),
    [
        (" https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=ab-1234 ", "wecom", "wecombot://ab-1234", "…1234"),
        ("https://oapi.dingtalk.com/robot/send?access_token=abcd9876", "dingtalk", "dingtalk://abcd9876", "…9876"),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/aa-bb-5555", "feishu", "feishu://aa-bb-5555", "…5555"),
        ("https://oapi.dingtalk.com/robot/send?access_token=abcd9876&secret=SECabcd", "dingtalk",
         "dingtalk://SECabcd@abcd9876", "…9876"),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/aa-bb-5555?secret=Sec/a+d%3D", "feishu",
         "feishu://aa-bb-5555?secret=Sec%2Fa+d%3D", "…5555"),
        ("dingtalk://SECabcd@token1234", "dingtalk", "dingtalk://SECabcd@token1234", "…1234"),
        ("https://hooks.example.org:8443/a/secret?b=c", "webhook", "jsons://hooks.example.org:8443/a/secret?b=c",
         "https://hooks.example.org:8443/…"),
        ("json://127.0.0.1/x", "webhook", "json://127.0.0.1/x", "http://127.0.0.1/…"),
        ("wang.f+alerts@example.org", "mail", "address:wang.f+alerts@example.org", "wang.f+alerts@example.org"),
        ("mailto://u:secret@hooks.example.org?from=a@example.org&to=b@example.org", "mail",
         "mailto://u:secret@hooks.example.org?from=a@example.org&to=b@example.org", "b@example.org"),
    ],
)  # fmt: skip
def test_what_is_taken(typed: str, kind: str, url: str, shown: str) -> None:
    accepted = accept(typed, HOSTS, MAIL)
    assert (accepted.kind, accepted.url, accepted.shown) == (kind, url, shown)
    assert "secret" not in accepted.shown


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "wang", "https://", "https:///a", "ftp://127.0.0.1/x", "file:///etc/passwd", "syslog://", "dbus://",
        "macosx://", "exec://rm", "script://x", "wecombot://", "wecombot://a b", "wecombot://<script>", "dingtalk://!!",
        "json://", "javascript:alert(1)", "http://[::1", "jsons://127.0.0.1\x00/x", "json://127.0.0.1/\nx", "甲乙丙",
        "@example.org", "a@b", "x" * 501, "https://169.254.169.254/latest/meta-data", "https://evil.example/x",
        "https://127.0.0.1.evil.example/", "https://user:pw@evil.example/", "mailto://u:p@gmail.com",
        "mailto://u:p@127.0.0.1?smtp=evil.example&to=a@example.org",
    ],
)  # fmt: skip
def test_what_is_not(typed: str) -> None:
    with pytest.raises(BadRoad) as refused:
        accept(typed, HOSTS, MAIL)
    assert refused.value.why.zh
    assert refused.value.why.en


def test_a_plain_address_needs_the_hubs_own_mail_server() -> None:
    with pytest.raises(BadRoad, match="mail_url"):
        accept("wang@example.org", HOSTS, "")
