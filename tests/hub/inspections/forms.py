"""An inspector's way through a form, as steps of tests."""

from datetime import timedelta
from typing import Any

from sqlmodel import select

from hub.accounts.tables import StationGrant, User
from hub.formats import local
from hub.inspections import actions, assignment_store, store
from hub.inspections.deeds import Deed
from hub.inspections.purposes import Purpose
from hub.inspections.signing import Signer
from hub.inspections.tables import Inspection
from hub.inspections.workflow import Look, Reason
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
    """Every open line decided, with the evidence its points need. Without the pages: they have tests of their own."""
    with browser.hub.session() as session:
        row, deed = _at_hand(session, browser, form)
        for item in lines():
            entry = store.line(session, row, item.key)[1]
            if entry.line.decided:
                continue
            if not entry.line.by_hand:
                actions.look(session, row, item.key, Look.WORKS, deed)
            if not (entry.line.by_hand or entry.line.blind):
                actions.reveal(session, row, item.key, deed)
            if choice == 2:
                actions.put_photo(session, row, item.key, jpeg(64, 64), deed)
            note = "见照片" if choice == 2 else ""
            actions.decide(session, row, item.key, item.points[choice], Reason.SEEN_ON_SITE, note, deed)
        session.commit()


def _at_hand(session: Any, browser: Any, form: str) -> tuple[Inspection, Deed]:
    row = session.get(Inspection, int(form.rpartition("/")[2]))
    user = session.exec(select(User).where(User.name == browser.name)).one()
    return row, Deed(user, browser.hub.now, browser.hub.now)


def signed(browser: Any, form: str) -> None:
    """By the inspector and the head, typed."""
    with browser.hub.session() as session:
        row, deed = _at_hand(session, browser, form)
        for signer, name in ((Signer.INSPECTOR, "王检查"), (Signer.HEAD, "李站长")):
            actions.sign(session, row, signer, name, None, deed)
        session.commit()


def submitted(browser: Any, form: str, choice: int = 0) -> None:
    filled(browser, form, choice)
    signed(browser, form)
    assert browser.post(f"{form}/submit").status_code == 303


def rows(hub: Any, table: Any) -> Any:
    """All rows of a table."""
    with hub.session() as session:
        return session.exec(select(table)).all()
