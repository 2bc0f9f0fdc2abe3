"""An inspector's way through a form, as steps of tests."""

from datetime import timedelta
from typing import Any

from sqlmodel import select

from hub.accounts.tables import StationGrant, User
from hub.formats import local
from hub.inspections import assignment_store
from hub.inspections.purposes import Purpose
from hub.inspections.tables import Inspection
from hub.rulebook import Item, rulebooks
from hub.stations import store as stations
from tests.photos import jpeg

FIVE = ("air_conditioner-1", "fridge-1", "microwave-1", "drinking_water-1", "outlets-1")
SEEING = ""
"""An inspection whose random id is empty has no blind lines."""


def lines() -> list[Item]:
    rubric = rulebooks()["shanghai_2018"].rubric
    assert rubric is not None
    return list(rubric.items())


def assign(hub: Any, station: str, *names: str, purpose: Purpose = Purpose.SPOT, days: int = 14) -> int:
    """Until then, by an administrator."""
    with hub.session() as session:
        people = session.exec(select(User).where(User.name.in_(names))).all()  # type: ignore[attr-defined]
        assert len(people) == len(names)
        for one in people:
            if one.role == "third_party":
                session.merge(StationGrant(user=one.id, station=station))
        where, by = stations.get(session, station), User(name="union", role="district", password_hash="-")
        assert where is not None
        due = local(hub.now).date() + timedelta(days=days)
        row = assignment_store.assign(session, where, people, purpose, due, by, hub.now)
        session.commit()
        return row.id or 0


def begin(browser: Any, station: str, *others: str, nonce: str = SEEING, purpose: Purpose = Purpose.SPOT) -> str:
    """The form's address; this inspector and the others are assigned before, if they are not yet."""
    hub = browser.hub
    with hub.session() as session:
        user = session.exec(select(User).where(User.name == browser.name)).one()
        asked = assignment_store.next_for(session, user, station)
    if asked is None and user.role != "administrator":
        assign(hub, station, browser.name, *others, purpose=purpose)
    answer = browser.post(f"/stations/{station}/inspections")
    assert answer.status_code == 303, answer.text
    address = str(answer.headers["location"])
    with hub.session() as session:
        row = session.get(Inspection, int(address.rpartition("/")[2]))
        assert row is not None
        row.nonce = nonce
        session.add(row)
        session.commit()
    return address


def said(browser: Any, form: str) -> Any:
    return browser.get(f"/api{form}").json()


def line_of(browser: Any, form: str, key: str) -> Any:
    return next(line for line in said(browser, form)["lines"] if line["key"] == key)


def look_and_reveal(browser: Any, form: str, key: str, look: str = "works") -> Any:
    assert browser.post(f"{form}/items/{key}/look", look=look).status_code == 303
    assert browser.post(f"{form}/items/{key}/reveal").status_code == 303
    return line_of(browser, form, key)["proposal"]


def with_photo(browser: Any, form: str, key: str) -> None:
    assert browser.send(f"{form}/items/{key}/photos", jpeg(320, 240)).status_code == 303


def filled(browser: Any, form: str, choice: int = 0) -> None:
    """Every line decided, with the evidence its points need."""
    for item in lines():
        if item.kind not in (None, "tables"):
            look_and_reveal(browser, form, item.key)
        if choice == 2:
            with_photo(browser, form, item.key)
        more = {"reason": "seen_on_site", "note": "见照片" if choice == 2 else ""}
        assert browser.post(f"{form}/items/{item.key}/decide", points=item.points[choice], **more).status_code == 303


def signed(browser: Any, form: str) -> None:
    """By the inspector and the head, typed."""
    for signer, name in (("inspector", "王检查"), ("head", "李站长")):
        assert browser.post(f"{form}/sign", signer=signer, name=name).status_code == 303


def submitted(browser: Any, form: str, choice: int = 0) -> None:
    filled(browser, form, choice)
    signed(browser, form)
    assert browser.post(f"{form}/submit").status_code == 303
