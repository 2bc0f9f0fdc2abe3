"""Examples of complaints, each at the step at which its addresses work."""

from hashlib import sha256

from hub.complaints import store, work_store
from hub.complaints.filed import Filed
from hub.complaints.store import Sent
from hub.complaints.tables import Complaint
from hub.complaints.words import Category, Kind
from tests.hub.example import Site, example

ANSWERED = ("/complaints/{complaint}/reply", "/complaints/{complaint}/reopen")


@example("complaint")
def complaint(site: Site) -> object:
    """Assigned; the person left a number."""
    return store.identity(_assigned(site, "a"))


def answered(site: Site) -> object:
    """And answered."""
    row = _answered(site, "b")
    site.hub.session.commit()
    return store.identity(row)


for beginning in ANSWERED:
    example("complaint", under=beginning)(answered)


@example("complaint", under="/complaints/{complaint}/close")
def told(site: Site) -> object:
    """And the person knows."""
    row = _answered(site, "c")
    store.note_read(site.hub.session, row, site.hub.now)
    site.hub.session.commit()
    return store.identity(row)


def _assigned(site: Site, once: str) -> Complaint:
    session, now = site.hub.session, site.hub.now
    filed = Filed(Kind.COMPLAINT, Category.FACILITY, "冰箱不冷已经三天", "13812345678")
    sent = Sent(filed, f"{once} of {site.station.id}", "zh")
    row = store.receive(session, site.station, sent, now, lambda length: sha256(sent.once.encode()).digest()[:length])
    work_store.classify(session, row, Kind.COMPLAINT, Category.FACILITY, None, site.other, now)
    row.owner, row.stage = site.other.name, "assigned"
    session.add(row)
    session.commit()
    return row


def _answered(site: Site, once: str) -> Complaint:
    row = _assigned(site, once)
    work_store.answer(site.hub.session, row, "已换温控器", site.other, site.hub.now)
    return row
