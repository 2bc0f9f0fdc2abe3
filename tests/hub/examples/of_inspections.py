"""Examples of inspections, assignments and findings, each at the step at which its addresses work."""

from uuid import uuid4

from sqlmodel import Session

from hub.accounts.roles import Role
from hub.accounts.tables import User
from hub.findings import store as findings
from hub.findings.store import Found
from hub.findings.tables import Finding
from hub.findings.words import Owner, Severity
from hub.findings.workflow import Step
from hub.inspections import actions
from hub.inspections import store as inspections
from hub.inspections.deeds import Deed
from hub.inspections.log_store import identity
from hub.inspections.purposes import Purpose
from hub.inspections.signing import Signer
from hub.inspections.tables import Inspection
from hub.inspections.workflow import Look, Reason
from hub.offline import files
from tests.hub.example import Site, example

CLOSED = (
    "/inspections/{number}/review", "/inspections/{number}/items/{key}/correct", "/inspections/{number}/versions",
    "/inspections/{number}/print", "/inspections/{number}/export", "/api/inspections/{number}/file",
)  # fmt: skip
"""Addresses about a form that was submitted."""
UNNAMED = "a form of somebody else's"
FOUND = "门把手松得要掉了"
"""What the open finding says."""


@example("assignment")
def assignment(site: Site) -> object:
    """Not begun yet."""
    return site.assign(site.people[Role.INSPECTOR]).id


@example("number", under="/inspections")
@example("number", under="/api/inspections")
def inspection(site: Site) -> object:
    """Open, of an inspector and a third party: nobody else fills it in."""
    inspector = site.people[Role.INSPECTOR]
    given = site.assign(inspector, site.people[Role.THIRD_PARTY])
    return identity(site.begin(given, inspector))


@example("number", under="/inspections/{number}/items/{key}/reveal")
@example("number", under="/inspections/{number}/items/{key}/test")
def looked_at(site: Site) -> object:
    """Its fridge was looked at."""
    return _begun(site, shown=False)


@example("number", under="/inspections/{number}/items/{key}/decide")
def shown(site: Site) -> object:
    """The proposal of its fridge was shown."""
    return _begun(site, shown=True)


@example("number", under="/inspections/{number}/items/{key}/finding")
def noted(site: Site) -> object:
    """Its fridge has points and a note."""
    number = _begun(site, shown=True)
    inspector = site.people[Role.INSPECTOR]
    row = site.hub.session.get_one(Inspection, number)
    deed = Deed(inspector, site.hub.now, site.hub.now)
    actions.decide(site.hub.session, row, "fridge", 6, Reason.SEEN_ON_SITE, "门封条松了", deed)
    site.hub.session.commit()
    return number


def _begun(site: Site, shown: bool) -> int:
    inspector = site.people[Role.INSPECTOR]
    row = site.begin(site.assign(inspector, site.people[Role.THIRD_PARTY]), inspector)
    deed = Deed(inspector, site.hub.now, site.hub.now)
    actions.look(site.hub.session, row, "fridge", Look.WORKS, deed)
    if shown:
        actions.reveal(site.hub.session, row, "fridge", deed)
    site.hub.session.commit()
    return identity(row)


@example("number", under=UNNAMED)
def unnamed(site: Site) -> object:
    """Open, and of none of those who ask."""
    return identity(site.begin(site.assign(site.other, purpose=Purpose.MONTHLY), site.other))


def submitted(site: Site) -> object:
    """Filled in by the other one; the third party is named on it, too."""
    session = site.hub.session
    row = site.begin(site.assign(site.other, site.people[Role.THIRD_PARTY], purpose=Purpose.CITY), site.other)
    deed = Deed(site.other, site.hub.now, site.hub.now)
    fill(session, row, deed)
    session.commit()
    return identity(row)


for beginning in CLOSED:
    example("number", under=beginning)(submitted)


def fill(session: Session, row: Inspection, deed: Deed) -> None:
    """Every line as well as can be, signed, submitted."""
    for item in inspections.rubric_of(row).items():
        line = inspections.line(session, row, item.key)[1].line
        if not line.by_hand:
            actions.look(session, row, item.key, Look.WORKS, deed)
            actions.reveal(session, row, item.key, deed)
        points = max(item.points)
        proposed = inspections.line(session, row, item.key)[1].line.proposed
        if proposed is not None:
            points = min(points, proposed)
        actions.decide(session, row, item.key, points, Reason.SEEN_ON_SITE, "", deed)
    for signer in Signer:
        actions.sign(session, row, signer, "李站长", None, deed)
    actions.submit(session, row, deed)


@example("key", under="/inspections", of_station=False)
def item(_site: Site) -> object:
    return "fridge"


@example("kind", of_station=False)
def kind(_site: Site) -> object:
    return "csv"


@example("name", under="/api/schemas", of_station=False)
def schema(_site: Site) -> object:
    return "inspection"


@example("edition", of_station=False)
def edition(_site: Site) -> object:
    return files.edition()


@example("name", under="/inspections/app", of_station=False)
def app_file(_site: Site) -> object:
    return files.WORKER


@example("photo", under="/api/offline", of_station=False)
def offline_photo(_site: Site) -> object:
    """The device makes its id; the form it is of is named beside it."""
    return uuid4()


@example("finding")
def finding(site: Site) -> object:
    """Open."""
    return _found(site, FOUND).id


@example("finding", under="/findings/{finding}/verify")
@example("finding", under="/findings/{finding}/send_back")
def fixed(site: Site) -> object:
    return _found(site, "灯不亮", Step.FIX).id


@example("finding", under="/findings/{finding}/close")
def verified(site: Site) -> object:
    return _found(site, "缺一把椅子", Step.FIX, Step.VERIFY).id


@example("finding", under="/findings/{finding}/reopen")
def closed(site: Site) -> object:
    return _found(site, "地面湿滑", Step.FIX, Step.VERIFY, Step.CLOSE).id


def _found(site: Site, text: str, *steps: Step) -> Finding:
    session, now = site.hub.session, site.hub.now
    row = findings.make(session, site.station, Found(text, Severity.NORMAL, Owner.STATION_HEAD), site.other, now)
    fixer = User(name="修理的人", password_hash="-", role=Role.MAINTAINER)
    for step in steps:
        findings.move(session, row, step, fixer if step is Step.FIX else site.other, now, "见说明")
    session.commit()
    return row
