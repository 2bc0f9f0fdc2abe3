"""One line in ten is decided without its proposal."""

from random import Random
from typing import Any

from hub.inspections.blind import is_blind
from tests.hub.inspections.forms import begin, line_of, lines, look_and_reveal, said, submitted

FRIDGE_BLIND = next(nonce for nonce in map(str, range(1000)) if is_blind(nonce, "fridge"))


def test_about_one_line_in_ten_is_blind_and_nobody_chooses_which() -> None:
    chance = Random(3)
    nonces = [f"{chance.getrandbits(128):032x}" for _ in range(2000)]
    blind = sum(is_blind(nonce, item.key) for nonce in nonces for item in lines())
    assert 0.09 < blind / (2000 * len(lines())) < 0.11
    assert [is_blind("a", "fridge"), is_blind("", "fridge")] == [is_blind("a", "fridge"), False]


def test_a_blind_line_is_decided_after_the_own_look_and_shows_nothing_before_it_is_submitted(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.healthy("fridge-1"), nonce=FRIDGE_BLIND)
    assert line_of(inspector, form, "fridge")["blind"]
    assert "盲评项" in inspector.get(form).text
    assert inspector.post(f"{form}/items/fridge/decide", points=6).status_code == 409
    inspector.post(f"{form}/items/fridge/look", look="partly")
    answer = inspector.post(f"{form}/items/fridge/reveal")
    assert answer.status_code == 409
    assert "盲评" in answer.text
    assert inspector.post(f"{form}/items/fridge/decide", points=6).status_code == 303
    line = line_of(inspector, form, "fridge")
    assert (line["points"], line["proposal"], line["seal"], line["overridden"]) == (6, None, None, False)
    assert "R11" not in inspector.get(form).text
    assert inspector.post(f"{form}/items/fridge/look", look="works").status_code == 409


def test_after_submitting_the_sealed_proposal_stands_beside_what_was_decided_blind(hub: Any) -> None:
    inspector = hub.browser("inspector")
    station = hub.healthy("fridge-1")
    form = begin(inspector, station, nonce=FRIDGE_BLIND)
    inspector.post(f"{form}/items/fridge/look", look="partly")
    inspector.post(f"{form}/items/fridge/decide", points=6)
    for item in lines():
        if item.key != "fridge":
            if item.kind not in (None, "tables") and not line_of(inspector, form, item.key)["blind"]:
                look_and_reveal(inspector, form, item.key)
            inspector.post(f"{form}/items/{item.key}/look", look="works")
            inspector.post(f"{form}/items/{item.key}/decide", points=item.points[0])
    for signer in ("inspector", "head"):
        inspector.post(f"{form}/sign", signer=signer, name="某人")
    assert inspector.post(f"{form}/submit").status_code == 303
    line = line_of(inspector, form, "fridge")
    assert (line["proposal"]["points"], line["points"], line["differs"], line["overridden"]) == (10, 6, True, False)
    assert line["revealed_at"] == said(inspector, form)["submitted_at"]
    assert "与建议（10 分）不同" in inspector.get(form).text


def test_a_line_that_is_not_blind_does_not_say_so(hub: Any) -> None:
    inspector = hub.browser("inspector")
    form = begin(inspector, hub.healthy("fridge-1"))
    submitted(inspector, form)
    assert not any(line["blind"] for line in said(inspector, form)["lines"])
