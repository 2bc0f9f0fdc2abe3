"""Questions on the pages of their station and facility, and on a page of their own."""

from datetime import timedelta

import pytest

FACILITY = "/stations/k3v9x2m7qa/facilities/microwave-1"
ANSWER = "/stations/k3v9x2m7qa/questions/asked"


@pytest.mark.parametrize("page", [FACILITY, "/stations/k3v9x2m7qa", "/questions"])
def test_an_open_question_stands_there_with_one_button_a_choice(furnished, maintainer, page):
    furnished.question(id_="asked")
    shown = maintainer.get(page).text
    for said in (
        "拔了插头还是坏了？",
        "请在 7月15日 14:20 前回答",
        'value="yes">能用',
        'value="no">坏了',
        f'action="{ANSWER}"',
    ):
        assert said in shown
    assert "MW5" in shown


@pytest.mark.parametrize("page", [FACILITY, "/stations/k3v9x2m7qa", "/questions"])
def test_one_tap_answers_and_comes_back(furnished, maintainer, page):
    furnished.question(id_="asked")
    for _ in range(2):
        answer = maintainer.post(ANSWER, {"answer": "no", "onward": page}, page)
        assert (answer.status_code, answer.headers["location"]) == (303, page)
    shown = maintainer.get(page).text
    assert "维护员 王芳" in shown
    assert "改变回答" in shown
    (asked,) = maintainer.get("/api/questions").json()["questions"]
    assert [(one["answer"], one["who"], one["by"]) for one in asked["answers"]] == [("no", "王芳", "maintainer")]
    assert maintainer.get(f"/api{FACILITY}").json()["questions"] == [asked]


def test_the_answer_is_checked_like_every_form(furnished, maintainer, stranger):
    furnished.question(id_="asked")
    assert maintainer.client.post(ANSWER, data={"answer": "no"}).status_code == 403
    stranger.client.cookies.clear()
    assert stranger.get("/questions").status_code == 303
    assert stranger.get("/api/questions").status_code == 401


@pytest.mark.parametrize(
    ("address", "answer", "status", "said"),
    [
        (ANSWER, "maybe", 422, "此问题没有这个选项"),
        ("/stations/k3v9x2m7qa/questions/over", "no", 409, "此问题已经关闭"),
        ("/stations/k3v9x2m7qa/questions/other", "no", 404, "此站点没有这个问题"),
        ("/stations/aaaaaaaaaa/questions/asked", "no", 404, "没有这个站点"),
        (ANSWER, "n" * 65, 422, "提交的内容有误"),
    ],
)
def test_a_wrong_or_late_answer_changes_nothing_and_says_why(furnished, maintainer, address, answer, status, said):
    furnished.question(id_="asked")
    furnished.question(id_="over", closed_at=furnished.now)
    refused = maintainer.post(address, {"answer": answer})
    assert refused.status_code == status
    assert said in refused.text
    assert not any(asked["answers"] for asked in maintainer.get("/api/questions").json()["questions"])


def test_a_form_leads_nowhere_else(furnished, maintainer):
    furnished.question(id_="asked")
    answer = maintainer.post(ANSWER, {"answer": "no", "onward": "https://elsewhere.example/"})
    assert answer.headers["location"] == "/"


def test_a_question_nobody_answered_in_time_is_unknown_and_says_so(furnished, maintainer):
    furnished.question(due=furnished.now - timedelta(minutes=1))
    assert "本应在 7月15日 13:59 前回答；没有回答即为未知" in maintainer.get(FACILITY).text


def test_what_the_kiosk_answered_is_shown_and_of_two_the_latest_first(furnished, maintainer):
    furnished.question(id_="asked", closed_at=furnished.now)
    furnished.statement("asked", "yes", furnished.now - timedelta(minutes=5))
    furnished.statement("asked", "no", furnished.now - timedelta(minutes=3), by="maintainer", who="李强")
    shown = maintainer.get(FACILITY).text
    assert shown.index("维护员 李强") < shown.index("值守人员")
    assert shown.count("较早的回答") == 1
    assert "最近 30 天问过的：1" in shown
    assert "系统想问" not in shown


def test_questions_that_wait_come_first_and_of_stations_one_may_see(furnished, maintainer):
    furnished.station("zzzzzzzzzz", "别处驿站", revoked_at=furnished.now)
    furnished.facility("microwave-1", "zzzzzzzzzz")
    furnished.question(id_="elsewhere", station="zzzzzzzzzz")
    furnished.question(id_="later", due=furnished.now + timedelta(hours=1))
    furnished.question(id_="over", closed_at=furnished.now)
    furnished.question(id_="sooner")
    listed = maintainer.get("/api/questions").json()["questions"]
    assert [asked["id"] for asked in listed] == ["sooner", "later", "over"]


@pytest.mark.parametrize("page", [FACILITY, "/stations/k3v9x2m7qa", "/questions"])
def test_a_question_comes_onto_the_page_by_itself(furnished, maintainer, page):
    furnished.question(id_="asked")
    live = maintainer.get(f"{page}/live").text
    assert "event: questions" in live
    assert "拔了插头还是坏了？" in live
    assert f'name="onward" value="{page}"' in live
