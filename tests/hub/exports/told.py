"""A form with an override, low points with a photo, a 3-minute test, a refusal to sign, and text nobody should type."""

from dataclasses import dataclass
from datetime import timedelta

from shared.states import State
from tests.hub.inspections.conftest import Client, Hub
from tests.hub.inspections.forms import FIVE, begin, lines, look_and_reveal
from tests.photos import jpeg

NASTY = '#eval("1") \\ $x$ *粗* <b>&amp;</b> =1+1 `code` @SUM(1) ☑ [link](x) /* c */ // d'
"""What markup languages, spreadsheets and browsers would all like to read as theirs."""


@dataclass(frozen=True)
class Told:
    hub: Hub
    browser: Client
    station: str
    form: str
    """Its address."""

    @property
    def number(self) -> int:
        return int(self.form.rpartition("/")[2])


def told_form(hub: Hub, submit: bool = True) -> Told:
    """Filled in and submitted; the fridge failed last week, the microwave works and was lowered all the same."""
    browser = hub.browser("inspector", "inspector")
    station = hub.healthy(*FIVE)
    since = hub.now - timedelta(days=6)
    hub.spell(station, "fridge-1", State.DOWN, since, until=since + timedelta(hours=9))
    form = begin(browser, station)
    for item in lines():
        if item.kind not in (None, "tables"):
            look_and_reveal(browser, form, item.key)
        choice, more = 0, {}
        if item.key == "microwave":
            choice, more = 1, {"reason": "other", "note": NASTY}
        if item.key == "clean":
            photo = browser.send(f"{form}/items/clean/photos", jpeg(320, 240, place=True))
            assert photo.status_code == 303
            choice, more = 2, {"note": "地面有积水"}
        answer = browser.post(f"{form}/items/{item.key}/decide", points=item.points[choice], **(more or REASON))
        assert answer.status_code == 303, answer.text
    assert browser.post(f"{form}/remark", remark="站长：" + NASTY).status_code == 303
    assert browser.post(f"{form}/sign", signer="inspector", name="王检查").status_code == 303
    assert browser.post(f"{form}/refuse-to-sign", name="李站长", reason="不同意卫生评分").status_code == 303
    if submit:
        assert browser.post(f"{form}/submit").status_code == 303
    return Told(hub, browser, station, form)


REASON = {"reason": "seen_on_site"}
"""Sent with every line, as a browser does; kept where the points differ."""
