"""Each kind of road against a real endpoint that answers well, badly, late or not at all."""

import hmac
import json
from base64 import b64encode

import pytest

from hub.notices.carrying import Carrier
from hub.notices.robots import Words
from tests.hub.notices.endpoints import FEISHU_OK, WECOM_OK, Endpoint, MailServer, refused_port

WORDS = Words("【紧急·报警】河边驿站 · 冰箱", "设备故障：箱内 13.4 ℃", "waystation-1-7", {"7": {"severity": "high"}})
ROBOTS = {
    "wecom": ("wecombot://secret-key-1234", "/cgi-bin/webhook/send?key=secret-key-1234", WECOM_OK),
    "dingtalk": ("dingtalk://abcdef123456", "/robot/send?access_token=abcdef123456", WECOM_OK),
    "feishu": ("feishu://aaaa-bbbb-cccc", "/open-apis/bot/v2/hook/aaaa-bbbb-cccc", FEISHU_OK),
}


def carrier(http: Endpoint, timeout_s: float = 3.0, **more: object) -> Carrier:
    gateways = dict.fromkeys(ROBOTS, http.url)
    return Carrier(("127.0.0.1",), gateways=gateways, timeout_s=timeout_s, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ROBOTS)
def test_a_robot_gets_the_words_and_its_word_is_the_receipt(kind: str, http: Endpoint) -> None:
    url, path, good = ROBOTS[kind]
    http.reply = lambda _got: good
    receipt = carrier(http).carry(url, WORDS)
    assert (receipt.arrived, receipt.code) == (True, "0")
    assert http.got[0].path == path
    assert "河边驿站 · 冰箱" in str(http.got[0].body)
    assert "13.4 ℃" in str(http.got[0].body)


def test_a_feishu_robot_that_wants_it_gets_signed_messages_and_the_secret_stays_here(http: Endpoint) -> None:
    http.reply = lambda _got: (200, {"code": 19021, "msg": "sign match fail, not: s3cr3t-words"})
    receipt = carrier(http, seconds=lambda: 1599360473.9).carry("feishu://aaaa-bbbb-cccc?secret=s3cr3t-words", WORDS)
    body = json.loads(http.got[0].body) if isinstance(http.got[0].body, str | bytes) else http.got[0].body
    expected = hmac.digest(b"1599360473\ns3cr3t-words", b"", "sha256")
    assert (body["timestamp"], body["sign"]) == ("1599360473", b64encode(expected).decode())
    assert http.got[0].path == "/open-apis/bot/v2/hook/aaaa-bbbb-cccc"
    assert "河边驿站" in body["content"]["text"] and "s3cr3t" not in receipt.answer


@pytest.mark.parametrize("kind", ROBOTS)
@pytest.mark.parametrize(
    ("reply", "code", "refused", "patient"),
    [
        (
            (200, {"errcode": 93000, "errmsg": "invalid webhook url", "code": 19001, "msg": "invalid"}),
            None,
            True,
            False,
        ),
        ((200, {"errcode": 45009, "errmsg": "api freq out of limit"}), "45009", False, True),
        ((200, {"code": 11232, "msg": "frequency limited"}), "11232", False, True),
        ((200, b"<html>proxy says hello</html>"), "200", False, False),
        ((200, {"errcode": None}), "200", False, False),
        ((200, [1]), "200", False, False),
        ((429, b"slow down"), "429", False, True),
        ((500, b"oops"), "500", False, False),
        ((404, b"gone"), "404", True, False),
        ((302, b""), "302", False, False),
    ],
)
def test_a_refusal_is_never_a_receipt(kind, reply, code, refused, patient, http: Endpoint) -> None:
    http.reply = lambda _got: reply
    receipt = carrier(http).carry(ROBOTS[kind][0], WORDS)
    assert not receipt.arrived
    assert receipt.refused is refused
    assert (receipt.patience is not None) is patient
    assert code is None or receipt.code == code
    # A redirect was not followed.
    assert len(http.got) == 1


def test_an_answer_that_quotes_the_address_does_not_tell_the_secret(http: Endpoint) -> None:
    http.reply = lambda got: (200, {"errcode": 93000, "errmsg": f"bad url {got.path}"})
    receipt = carrier(http).carry(ROBOTS["wecom"][0], WORDS)
    assert "secret-key-1234" not in receipt.answer
    assert "bad url" in receipt.answer


def test_dingtalk_is_signed_and_names_mobiles(http: Endpoint) -> None:
    assert carrier(http).carry("dingtalk://SECabc123@abcdef/13800138000", WORDS).arrived
    assert "&timestamp=" in http.got[0].path
    assert "&sign=" in http.got[0].path
    assert http.got[0].body["at"] == {"atMobiles": ["13800138000"], "isAtAll": False}


def test_a_webhook_gets_its_headers_the_key_and_what_programs_need(http: Endpoint) -> None:
    http.reply = lambda _got: (202, b"queued")
    url = f"json://user:pass@127.0.0.1:{http.port}/hooks/a%20b?+X-Token=t0ken"
    receipt = carrier(http).carry(url, WORDS)
    assert (receipt.arrived, receipt.code, receipt.answer) == (True, "202", "queued")
    got = http.got[0]
    assert got.key == got.body["key"] == "waystation-1-7"
    assert got.body["alerts"] == {"7": {"severity": "high"}}
    assert got.headers["X-Token"] == "t0ken"
    assert got.headers["Authorization"] == "Basic dXNlcjpwYXNz"


def test_who_asks_for_patience_gets_it(http: Endpoint) -> None:
    http.reply, http.retry_after = lambda _got: (503, b""), "120"
    receipt = carrier(http).carry(f"json://127.0.0.1:{http.port}/", WORDS)
    assert receipt.patience is not None
    assert receipt.patience.total_seconds() == 120


def test_late_and_refused_are_no_answers(http: Endpoint) -> None:
    http.slow_s = 5
    late = carrier(http, timeout_s=0.2).carry(f"json://127.0.0.1:{http.port}/", WORDS)
    assert (late.arrived, late.code, late.answer) == (False, "", "no answer in time")
    nobody = carrier(http).carry(f"json://127.0.0.1:{refused_port()}/", WORDS)
    assert not nobody.arrived
    assert "refused" in nobody.answer


def test_a_host_that_is_allowed_no_more_gets_nothing(http: Endpoint) -> None:
    receipt = Carrier(()).carry(f"json://127.0.0.1:{http.port}/", WORDS)
    assert receipt.refused
    assert http.got == []


def test_mail_by_an_address_of_ones_own_and_by_the_hubs_server(http: Endpoint, smtp: MailServer) -> None:
    own = carrier(http).carry(f"mailto://127.0.0.1:{smtp.port}?from=hub@example.org&to=wang@example.org", WORDS)
    assert (own.arrived, own.code) == (True, "250")
    through = carrier(http, mail_url=f"mailto://127.0.0.1:{smtp.port}?from=hub@example.org")
    assert through.carry("address:li@example.org", WORDS).arrived
    assert [mail.to for mail in smtp.mails] == [["wang@example.org"], ["li@example.org"]]
    assert smtp.mails[0].subject == WORDS.title
    assert smtp.mails[0].text.strip() == WORDS.body
    assert smtp.mails[0].key == "waystation-1-7"


def test_mail_that_is_refused_says_why(http: Endpoint, smtp: MailServer) -> None:
    smtp.refuse = "554 no such user here"
    url = f"mailto://127.0.0.1:{smtp.port}?from=hub@example.org&to=wang@example.org"
    receipt = carrier(http).carry(url, WORDS)
    assert not receipt.arrived
    assert "554" in receipt.answer
    away = carrier(http).carry(f"mailto://127.0.0.1:{refused_port()}?from=a@example.org&to=b@example.org", WORDS)
    assert not away.arrived
    assert away.answer


def test_a_long_message_is_cut_between_characters_to_what_wecom_takes(http: Endpoint) -> None:
    assert carrier(http).carry(ROBOTS["wecom"][0], Words("题", "长" * 3000, "k")).arrived
    text = http.got[0].body["text"]["content"]
    assert len(text.encode()) <= 2048
    assert text.endswith("长…")
