"""What people were asked and what they said, on the form: evidence of grade E1, and never points."""

from datetime import timedelta
from typing import Any

import pytest

from hub.feedback import store as feedback
from hub.questions import store as questions
from hub.questions.facts import question_row
from shared.states import State
from tests.hub.inspections.test_routes import begin, look_and_reveal
from tests.hub.said import question


def ask(hub: Any, station: str, facility: str, closed: bool = False) -> str:
    """A rule asks about a facility since an hour ago. Returns the question."""
    at = hub.now - timedelta(hours=1)
    fact = question(asked_at=at, facility=facility, closed_at=hub.now if closed else None)
    with hub.session() as session:
        questions.put_questions(session, [question_row(station, fact)])
        session.commit()
    return fact.question


def state(hub: Any, station: str, facility: str, asked: str, answer: str) -> None:
    """The station head answers half an hour ago."""
    at = hub.now - timedelta(minutes=30)
    row = {
        "id": f"said-{answer}", "station": station, "at": at, "question": asked, "facility": facility, "answer": answer,
        "by": "head", "who": None, "received_at": at, "undated": False, "retracted": False,
    }  # fmt: skip
    with hub.session() as session:
        feedback.put_statements(session, [row])
        session.commit()


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_what_the_station_head_said_is_listed_as_e1_and_changes_no_points(hub: Any, answer: str) -> None:
    inspector = hub.browser("inspector")
    station = hub.healthy("fridge-1")
    state(hub, station, "fridge-1", ask(hub, station, "fridge-1", closed=True), answer)
    form = begin(inspector, station)
    proposal = look_and_reveal(inspector, form, "fridge")
    assert (proposal["points"], proposal["rule"]) == (10, "R11")
    (said_by_head,) = proposal["facilities"][0]["evidence"]["statements"]
    assert (said_by_head["by"]["zh"], said_by_head["grade"]) == ("站长", 1)
    assert said_by_head["answer"]["zh"] == {"yes": "能用", "no": "坏了"}[answer]
    page = inspector.get(form).text
    assert "人说的（E1 级，从不提高分数）" in page
    assert "7月20日 14:00" in page


def test_an_open_question_keeps_a_facility_from_the_highest_points(hub: Any) -> None:
    inspector = hub.browser("inspector")
    station = hub.healthy("fridge-1")
    asked = ask(hub, station, "fridge-1")
    state(hub, station, "fridge-1", asked, "yes")
    form = begin(inspector, station)
    proposal = look_and_reveal(inspector, form, "fridge")
    assert (proposal["points"], proposal["rule"]) == (None, "R5")
    assert "还有问题没有解决" in proposal["why"]["zh"]
    assert "还没有解决的问题" in inspector.get(form).text


def test_a_doubt_of_a_rule_is_no_proposal_from_its_first_minute(hub: Any) -> None:
    inspector = hub.browser("inspector")
    station = hub.healthy("fridge-1")
    since = hub.now - timedelta(minutes=2)
    hub.spell(
        station, "fridge-1", State.UNKNOWN, since, rule="SV7", cause="unknown", why_zh="读数漂移", why_en="drifts"
    )
    proposal = look_and_reveal(inspector, begin(inspector, station), "fridge")
    assert (proposal["points"], proposal["rule"]) == (None, "R5")
    assert "读数漂移" in proposal["why"]["zh"]


def test_what_has_just_failed_is_no_proposal(hub: Any) -> None:
    inspector = hub.browser("inspector")
    station = hub.healthy("fridge-1")
    hub.spell(station, "fridge-1", State.DOWN, hub.now - timedelta(minutes=20))
    proposal = look_and_reveal(inspector, begin(inspector, station), "fridge", "no")
    assert (proposal["points"], proposal["rule"]) == (None, "R5")
    assert proposal["why"]["zh"] == "刚刚出现故障：箱内 13.4℃（19 分钟开放时间，规则 FR2），请现场查看"
